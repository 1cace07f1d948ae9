"""The pages that every walk visits: one or more of each kind, with the sample data's own slugs."""

PAGES = (
    "/",
    "/programs/",
    "/programs/?country=GB",
    "/programs/?q=glasgow&service=visits",
    "/programs/?country=PY",
    "/programs/gb-scottish-detainee-visitors/",
    "/programs/de-kontakt-und-beratungsstelle-in-der-abschiebungshafteinrichtung-pforzheim/",
    "/facilities/",
    "/facilities/?country=FR",
    "/facilities/us-adelanto-ice-processing-center/",
    "/facilities/gb-brook-house-immigration-removal-centre-crawley/",
    "/countries/",
    "/countries/FR/",
    "/countries/US/",
    "/countries/PY/",
    "/about/",
    "/about/data/",
    "/about/components/",
    "/docs/",
    "/docs/people/how-an-entry-gets-here/",
    "/docs/people/claim-or-remove/",
    "/docs/operators/run-a-node/",
)

ERRORS = (
    ("/nothing-here", 404),
    ("/programs/no-such-program/", 404),
    ("/programs/?status=nonsense", 400),
    ("/programs/?cursor=nonsense", 400),
)
