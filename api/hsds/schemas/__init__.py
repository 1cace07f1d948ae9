"""Named schemas of HSDS in the document, with an example of each; see `api.hsds.serializers`.

HSDS has no null: a field of which nothing is known is left out, so few are always there.
"""
