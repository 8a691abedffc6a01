//! Reading little pieces of the embedded pack: bytes go in, numbers and strings leave.
//!
//! The pack is ours and covered by tests, but nothing here can panic: past the end every read gives zero or "".

/// A place in a byte slice from which values are read one after another.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    bytes: &'static [u8],
    at: usize,
}

impl Reader {
    pub fn new(bytes: &'static [u8], at: usize) -> Reader {
        Reader { bytes, at }
    }

    /// The next byte.
    pub fn byte(&mut self) -> u8 {
        let byte = self.bytes.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        byte
    }

    /// The next unsigned number in LEB128: seven bits a byte, lowest first, the top bit set in all but the last.
    pub fn number(&mut self) -> u32 {
        let mut number = 0;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte();
            number |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
        }
        number
    }

    /// The next signed 24-bit number, in units of a ten-thousandth of a degree.
    pub fn degrees(&mut self) -> f64 {
        let [low, middle, high] = [self.byte(), self.byte(), self.byte()];
        let signed = i32::from_le_bytes([0, low, middle, high]) >> 8;
        f64::from(signed) / 10_000.0
    }

    /// The next string: its length in bytes, then UTF-8.
    pub fn text(&mut self) -> &'static str {
        let length = self.number() as usize;
        let end = self.at.saturating_add(length);
        let bytes = self.bytes.get(self.at..end).unwrap_or_default();
        self.at = end;
        std::str::from_utf8(bytes).unwrap_or_default()
    }
}

/// The little-endian 32-bit number at this index of a table of such numbers.
pub fn word(table: &[u8], index: usize) -> Option<u32> {
    let at = index.checked_mul(4)?;
    let bytes = table.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}
