"""Drawing → picture, for documents that show no SVG. The only door to resvg."""


def png(svg: str, scale: float = 2) -> bytes:
    """Return a drawing as PNG on white, ``scale`` pixels for each unit of its size.

    Letters are those of the fonts of the machine.
    """
    import resvg_py

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg, background="#ffffff", zoom=scale, sans_serif_family="DejaVu Sans"
        )
    )
