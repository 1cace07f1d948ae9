"""What pages say to machines, in the words of schema.org: one JSON-LD document a page.

Everything comes from the rows that the page shows. What is withheld or not known is absent.
"""

from frontend.linked_data.groups import data_of_organization, data_of_program
from frontend.linked_data.places import data_of_country, data_of_facility
from frontend.linked_data.site import data_of_site

__all__ = [
    "data_of_country",
    "data_of_facility",
    "data_of_organization",
    "data_of_program",
    "data_of_site",
]
