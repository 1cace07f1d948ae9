"""Value types and the model fields that hold them."""

from network.fields.partial_date import PartialDate
from network.fields.partial_date_field import PartialDateField

__all__ = ["PartialDate", "PartialDateField"]
