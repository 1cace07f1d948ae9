"""The map drawings: outlines, projections, tiles, the world atlas, plates with symbols.

Presentational: nothing here knows a model, a request or a language. No picture holds a word.
"""
