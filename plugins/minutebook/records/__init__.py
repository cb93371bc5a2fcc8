"""What the council wrote: parsed, validated, typed and linked. Knows neither Pelican nor Jinja."""
