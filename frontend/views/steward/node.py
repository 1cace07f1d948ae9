"""What this node says of itself."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from frontend.desk.signed_in import SeeOther, confirmed
from frontend.desk.steward import Stewarding, steward_page
from frontend.forms.steward import NodeForm
from frontend.views.account.answers import form_page
from network.actions.node_profile import edit_node
from network.permissions import Permission
from network.queries.stewarding import node_profile


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
@steward_page(Permission.NODE_EDIT)
def node(request: HttpRequest, stewarding: Stewarding) -> HttpResponse:
    """Name, contact, legal notice and rules, in each language."""
    form = NodeForm(request.POST or None, node=node_profile())
    if request.method == "POST" and form.is_valid():
        try:
            edit_node(stewarding.actor, changes=form.changes(), has_looked=form.has_looked)
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Saved."))
            return SeeOther(reverse("steward:node"))
    return form_page(request, "frontend/steward/node.html", form, part="node")
