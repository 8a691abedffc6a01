//! The bytes of a picture → its size, and smaller pictures of it.
//!
//! 1. The size is read from the first bytes; a camera's note on which side is up is obeyed.
//! 2. Smaller ones are made of JPEG, PNG and WebP only, never larger ones; colour profiles are kept. What is opaque
//!    and was not PNG becomes JPEG; a smaller picture that needs as many bytes as the original is left out.

use html5gum::{Token, Tokenizer};

/// Of a picture that stands upright, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    pub width: u32,
    pub height: u32,
}

/// A smaller picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    pub size: Size,
    /// File name extension: `jpg`, `png`, `webp`.
    pub extension: &'static str,
    pub bytes: Vec<u8>,
}

/// Whether a file of this extension (in lower case) is a picture.
pub fn is_picture(extension: &str) -> bool {
    can_shrink(extension) || matches!(extension, "gif" | "avif" | "svg")
}

/// Whether smaller pictures can be made of a file of this extension (in lower case).
pub fn can_shrink(extension: &str) -> bool {
    matches!(extension, "jpg" | "jpeg" | "png" | "webp")
}

/// The size of a picture, read from its first bytes.
pub fn size(bytes: &[u8]) -> Option<Size> {
    #[cfg(feature = "pictures")]
    if let Some(size) = made::upright(bytes) {
        return Some(size);
    }
    if let Ok(size) = imagesize::blob_size(bytes) {
        let (width, height) = (u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?);
        return (width > 0 && height > 0).then_some(Size { width, height });
    }
    drawing(bytes)
}

/// The size that an SVG says of itself: width and height in pixels, or else those of its `viewBox`.
fn drawing(bytes: &[u8]) -> Option<Size> {
    let text = String::from_utf8_lossy(bytes);
    let mut tokens = Tokenizer::new(text.as_ref()).flatten();
    let root = tokens.find_map(|token| match token {
        Token::StartTag(tag) if tag.name.as_slice() == b"svg" => Some(tag.attributes),
        _ => None,
    })?;
    // The tokenizer gives names in lower case.
    let of = |name: &str| {
        let value = root.iter().find(|(key, _)| key.as_slice() == name.as_bytes())?.1;
        Some(String::from_utf8_lossy(value).into_owned())
    };
    let pixels = |value: String| value.trim().trim_end_matches("px").parse::<f64>().ok();
    let whole = |value: f64| (1.0..1e6).contains(&value).then_some(value.round() as u32);
    let (width, height) = match (of("width").and_then(pixels), of("height").and_then(pixels)) {
        (Some(width), Some(height)) => (width, height),
        _ => {
            let view = of("viewbox")?;
            let parts: Vec<f64> = view
                .split([' ', ','])
                .filter(|part| !part.is_empty())
                .map_while(|p| p.parse().ok())
                .collect();
            (*parts.get(2)?, *parts.get(3)?)
        }
    };
    Some(Size { width: whole(width)?, height: whole(height)? })
}

#[cfg(feature = "pictures")]
pub use made::smaller;

/// None: a program without the feature `pictures` makes no pictures.
///
/// # Errors
/// Never.
#[cfg(not(feature = "pictures"))]
pub fn smaller(_: &[u8], _: &[u32]) -> Result<Vec<Made>, String> {
    Ok(Vec::new())
}

#[cfg(feature = "pictures")]
mod made {
    use std::io::Cursor;

    use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
    use image::{
        DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, Limits,
        codecs::{jpeg::JpegEncoder, png::PngEncoder, webp::WebPEncoder},
        metadata::Orientation,
    };

    use super::{Made, Size};

    /// Quality of the JPEGs, of 100: no fault can be seen at the size at which they are shown.
    const QUALITY: u8 = 80;
    /// Most memory that a picture may ask for, in bytes: some 85 megapixels of four channels.
    const MEMORY: u64 = 340 << 20;

    type Read<'a> = (Box<dyn ImageDecoder + 'a>, ImageFormat);

    fn read(bytes: &[u8]) -> Result<Read<'_>, image::ImageError> {
        let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
        let mut limits = Limits::default();
        limits.max_alloc = Some(MEMORY);
        reader.limits(limits);
        let format = reader.format().unwrap_or(ImageFormat::Png);
        Ok((Box::new(reader.into_decoder()?), format))
    }

    /// The size of a picture that can be decoded, as it stands upright.
    pub(super) fn upright(bytes: &[u8]) -> Option<Size> {
        let (mut decoder, _) = read(bytes).ok()?;
        let (width, height) = decoder.dimensions();
        let turned = matches!(
            decoder.orientation().ok()?,
            Orientation::Rotate90
                | Orientation::Rotate270
                | Orientation::Rotate90FlipH
                | Orientation::Rotate270FlipH
        );
        Some(if turned { Size { width: height, height: width } } else { Size { width, height } })
    }

    /// Smaller pictures in those of `widths` that are less than its own, the smallest first.
    ///
    /// # Errors
    /// Why it cannot be decoded.
    pub fn smaller(bytes: &[u8], widths: &[u32]) -> Result<Vec<Made>, String> {
        make(bytes, widths, &mut Resizer::new()).map_err(|error| error.to_string())
    }

    fn make(bytes: &[u8], widths: &[u32], resizer: &mut Resizer) -> Result<Vec<Made>, image::ImageError> {
        let (mut decoder, format) = read(bytes)?;
        let orientation = decoder.orientation()?;
        let profile = decoder.icc_profile()?;
        let mut image = DynamicImage::from_decoder(decoder)?;
        image.apply_orientation(orientation);
        // Eight bits a channel are what screens show, and what is resized fast.
        let image = match (image.color().has_color(), image.color().has_alpha()) {
            (_, true) => DynamicImage::ImageRgba8(image.into_rgba8()),
            (true, false) => DynamicImage::ImageRgb8(image.into_rgb8()),
            (false, false) => DynamicImage::ImageLuma8(image.into_luma8()),
        };
        // Bytes 16 to 20 of a profile name its colour space; one of CMYK does not fit what was decoded.
        let space: &[u8] = if image.color().has_color() { b"RGB " } else { b"GRAY" };
        let profile = profile.filter(|p| p.get(16..20) == Some(space));
        let own = Size { width: image.width(), height: image.height() };
        let mut widths: Vec<u32> = widths.iter().copied().filter(|width| *width < own.width).collect();
        widths.sort_unstable();
        widths.dedup();
        let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
        let mut made = Vec::new();
        for width in widths {
            let height = u64::from(width) * u64::from(own.height) / u64::from(own.width);
            let size = Size { width, height: (height as u32).max(1) };
            let mut small = DynamicImage::new(size.width, size.height, image.color());
            resizer.resize(&image, &mut small, &options).map_err(|error| {
                image::ImageError::Encoding(image::error::EncodingError::new(
                    image::error::ImageFormatHint::Unknown,
                    error,
                ))
            })?;
            let (extension, written) = encode(&small, format, profile.clone())?;
            if written.len() < bytes.len() {
                made.push(Made { size, extension, bytes: written });
            }
        }
        Ok(made)
    }

    fn encode(
        image: &DynamicImage,
        format: ImageFormat,
        profile: Option<Vec<u8>>,
    ) -> Result<(&'static str, Vec<u8>), image::ImageError> {
        let mut out = Vec::new();
        let (pixels, width, height) = (image.as_bytes(), image.width(), image.height());
        let colour: ExtendedColorType = image.color().into();
        let with = |encoder: &mut dyn FnMut(Vec<u8>) -> bool| profile.map(encoder);
        let extension = match format {
            ImageFormat::Png => {
                let mut encoder = PngEncoder::new(&mut out);
                with(&mut |profile| encoder.set_icc_profile(profile).is_ok());
                encoder.write_image(pixels, width, height, colour)?;
                "png"
            }
            _ if image.color().has_alpha() => {
                let mut encoder = WebPEncoder::new_lossless(&mut out);
                with(&mut |profile| encoder.set_icc_profile(profile).is_ok());
                encoder.write_image(pixels, width, height, colour)?;
                "webp"
            }
            _ => {
                let mut encoder = JpegEncoder::new_with_quality(&mut out, QUALITY);
                with(&mut |profile| encoder.set_icc_profile(profile).is_ok());
                encoder.write_image(pixels, width, height, colour)?;
                "jpg"
            }
        };
        Ok((extension, out))
    }

    #[cfg(test)]
    mod tests {
        use fast_image_resize::CpuExtensions;

        use super::*;

        /// A picture of noise, which is as hard to shrink as any.
        fn noise(width: u32, height: u32, format: ImageFormat, alpha: bool) -> Vec<u8> {
            let mut state = 1u32;
            let mut next = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 24) as u8
            };
            let image = match alpha {
                true => DynamicImage::ImageRgba8(image::RgbaImage::from_fn(width, height, |_, _| {
                    image::Rgba([next(), next(), next(), next()])
                })),
                false => DynamicImage::ImageRgb8(image::RgbImage::from_fn(width, height, |_, _| {
                    image::Rgb([next(), next(), next()])
                })),
            };
            let mut out = Cursor::new(Vec::new());
            image.write_to(&mut out, format).unwrap();
            out.into_inner()
        }

        #[test]
        fn smaller_ones_keep_their_shape_and_kind() {
            let check = |format, alpha, expect: &[(u32, u32, &str)]| {
                let made = smaller(&noise(600, 401, format, alpha), &[900, 300, 100, 600, 300]).unwrap();
                let shape: Vec<_> = made.iter().map(|m| (m.size.width, m.size.height, m.extension)).collect();
                assert_eq!(shape, expect);
                for m in &made {
                    assert_eq!(super::super::size(&m.bytes), Some(m.size));
                }
            };
            check(ImageFormat::Jpeg, false, &[(100, 66, "jpg"), (300, 200, "jpg")]);
            check(ImageFormat::Png, false, &[(100, 66, "png"), (300, 200, "png")]);
            check(ImageFormat::Png, true, &[(100, 66, "png"), (300, 200, "png")]);
            check(ImageFormat::WebP, false, &[(100, 66, "jpg"), (300, 200, "jpg")]);
            check(ImageFormat::WebP, true, &[(100, 66, "webp"), (300, 200, "webp")]);
        }

        #[test]
        fn all_machines_make_the_same_bytes() {
            for (format, alpha) in [(ImageFormat::Jpeg, false), (ImageFormat::Png, true)] {
                let bytes = noise(601, 403, format, alpha);
                let mut plain = Resizer::new();
                // SAFETY: no extension is one that every machine has.
                unsafe { plain.set_cpu_extensions(CpuExtensions::None) };
                assert_eq!(
                    make(&bytes, &[97, 311], &mut plain).unwrap(),
                    make(&bytes, &[97, 311], &mut Resizer::new()).unwrap()
                );
            }
        }

        #[test]
        fn broken_ones_are_told() {
            let bytes = noise(600, 400, ImageFormat::Png, false);
            assert!(smaller(&bytes[..bytes.len() / 2], &[100]).is_err());
            assert!(smaller(b"no picture", &[100]).is_err());
            assert!(smaller(b"", &[]).is_err());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        let check = |bytes: &[u8], expect: Option<(u32, u32)>| {
            assert_eq!(size(bytes).map(|s| (s.width, s.height)), expect);
        };
        check(b"GIF89a\x0a\x00\x14\x00\x00\x00\x00;", Some((10, 20)));
        check(b"<?xml version='1.0'?><svg width='12px' height='7.6' viewBox='0 0 1 1'/>", Some((12, 8)));
        check(b"<!-- x --><svg viewBox='0,0 30 40' width='100%'></svg>", Some((30, 40)));
        check(b"<svg></svg>", None);
        check(b"<svg viewBox='0 0 -4 x'>", None);
        check(b"plain text", None);
        check(b"", None);
    }
}
