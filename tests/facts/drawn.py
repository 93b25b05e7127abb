"""Pictures drawn for tests: none was taken from anybody."""

import random
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

WORDS = str.split(
    "the minister said on monday that a new law about servers would reach parliament before summer while critics warned "
    "of costs for small hosts and asked who would pay for the audits which nobody has planned so far"
)


def page(*, size=(640, 480), letters=16, dark=False, seed=1):
    """Paragraphs under a headline, as a browser shows them."""
    paper, ink = ("#15202b", "#f0f0f0") if dark else ("white", "#202020")
    image = Image.new("RGB", size, paper)
    draw = ImageDraw.Draw(image)
    chance = random.Random(seed)
    draw.text((24, 16), "Law on servers stalls again", fill=ink, font=ImageFont.load_default(letters * 2))
    top, font = 16 + letters * 3, ImageFont.load_default(letters)
    while top < size[1] - letters:
        line = ""
        while font.getlength(line) < size[0] - 160:
            line += chance.choice(WORDS) + " "
        draw.text((24, top), line, fill=ink, font=font)
        top += int(letters * 1.5)
    return image


def noise(size=(640, 480), seed=1):
    """Grain and soft shapes: what a photograph is made of."""
    small = Image.frombytes("RGB", (32, 24), random.Random(seed).randbytes(32 * 24 * 3))
    grain = Image.effect_noise(size, 40).convert("RGB")
    return Image.blend(small.resize(size, Image.Resampling.BICUBIC), grain, 0.3)


def gradient(size=(640, 480)):
    return Image.merge(
        "RGB",
        [Image.linear_gradient("L").resize(size), Image.radial_gradient("L").resize(size)] * 1
        + [Image.new("L", size, 90)],
    )


def shapes(size=(640, 480), seed=1):
    """A drawing: flat colours, outlines, no text."""
    image = Image.new("RGB", size, "white")
    draw, chance = ImageDraw.Draw(image), random.Random(seed)
    for _ in range(25):
        x, y, wide, high = (chance.randrange(20, each) for each in (size[0] - 120, size[1] - 120, 120, 120))
        colour = f"hsl({chance.randrange(360)}, 70%, 60%)"
        draw.ellipse((x, y, x + wide, y + high), fill=colour, outline="black", width=3)
    return image


def chart(size=(640, 480)):
    """Bars with short labels below."""
    image = Image.new("RGB", size, "white")
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(14)
    draw.rectangle((60, 30, 600, 420), outline="black")
    for number, high in enumerate((120, 300, 220, 340, 90, 260)):
        left = 80 + number * 85
        draw.rectangle((left, 420 - high, left + 55, 420), fill="steelblue")
        draw.text((left + 10, 430), str(2020 + number), fill="black", font=font)
    return image


def caption(size=(600, 600)):
    """A photograph with a joke on it, in large letters."""
    image = noise(size)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(64)
    draw.text((40, 20), "ONE DOES NOT", fill="white", stroke_width=4, stroke_fill="black", font=font)
    draw.text((60, 500), "SIMPLY REPOST", fill="white", stroke_width=4, stroke_fill="black", font=font)
    return image


def stored(image, kind="PNG", **how):
    """The picture as a file's bytes."""
    file = BytesIO()
    image.save(file, kind, **how)
    return file.getvalue()
