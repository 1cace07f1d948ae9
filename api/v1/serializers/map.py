"""A view of the map as GeoJSON, RFC 7946."""

from __future__ import annotations

from typing import Any

from directory.queries.map_clusters import Cluster
from directory.queries.map_features import Single, View

# Degrees after the point: a quarter of a pixel, and never more than three decimals (100 m).
MOST_DECIMALS = 3


def feature_collection(view: View, zoom: int) -> dict[str, Any]:
    """A FeatureCollection of clusters and of single programs or places.

    Clusters carry `{cluster, count, bbox, near, country, precision}`, the others
    `{slug, name, language, status, freshness, precision}`; what is unknown is left out. Degrees
    are rounded to what can be seen at the zoom. A cluster of precision `country` stands for what
    is somewhere in a country, not at this point.
    """
    digits = min(MOST_DECIMALS, 1 + zoom // 3)
    features = [_cluster(cluster, digits) for cluster in view.clusters]
    features += [_single(single, digits) for single in view.singles]
    return {"type": "FeatureCollection", "features": features}


def _cluster(cluster: Cluster, digits: int) -> dict[str, Any]:
    said: dict[str, Any] = {
        "cluster": True,
        "count": cluster.count,
        "bbox": [round(side, digits) for side in cluster.box.sides()],
    }
    if cluster.locality:
        said["near"] = cluster.locality
    if cluster.country:
        said["country"] = cluster.country
    if cluster.precision == "country":
        said["precision"] = cluster.precision
    return _feature(cluster, said, digits)


def _single(single: Single, digits: int) -> dict[str, Any]:
    said = {"slug": single.slug, "name": single.name, "status": single.status}
    if single.language:
        said["language"] = single.language
    if single.freshness:
        said["freshness"] = single.freshness
    said["precision"] = single.cluster.precision
    if single.cluster.precision == "country":
        said["country"] = single.cluster.country
    return _feature(single.cluster, said, digits)


def _feature(cluster: Cluster, said: dict[str, Any], digits: int) -> dict[str, Any]:
    point = [round(cluster.longitude, digits), round(cluster.latitude, digits)]
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": point},
        "properties": said,
    }
