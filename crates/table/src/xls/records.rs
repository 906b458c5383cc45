//! Records of an XLS: a number, a length, and that many bytes.

/// Kinds of records that are read (MS-XLS 2.3).
pub(super) mod kind {
    pub(in crate::xls) const FORMULA: u16 = 0x0006;
    pub(in crate::xls) const END: u16 = 0x000A;
    pub(in crate::xls) const SINCE_1904: u16 = 0x0022;
    pub(in crate::xls) const PASSWORD: u16 = 0x002F;
    pub(in crate::xls) const CONTINUE: u16 = 0x003C;
    pub(in crate::xls) const CODE_PAGE: u16 = 0x0042;
    pub(in crate::xls) const SHEET: u16 = 0x0085;
    pub(in crate::xls) const MANY_RK: u16 = 0x00BD;
    pub(in crate::xls) const RICH_LABEL: u16 = 0x00D6;
    pub(in crate::xls) const CELL_FORMAT: u16 = 0x00E0;
    pub(in crate::xls) const STRINGS: u16 = 0x00FC;
    pub(in crate::xls) const SHARED_LABEL: u16 = 0x00FD;
    pub(in crate::xls) const SIZE: u16 = 0x0200;
    pub(in crate::xls) const NUMBER: u16 = 0x0203;
    pub(in crate::xls) const LABEL: u16 = 0x0204;
    pub(in crate::xls) const BOOLEAN: u16 = 0x0205;
    pub(in crate::xls) const FORMULA_TEXT: u16 = 0x0207;
    pub(in crate::xls) const RK: u16 = 0x027E;
    pub(in crate::xls) const FORMAT: u16 = 0x041E;
    pub(in crate::xls) const BEGIN: u16 = 0x0809;
}

/// A record.
#[derive(Clone, Copy)]
pub(super) struct Record<'s> {
    pub(super) kind: u16,
    pub(super) data: &'s [u8],
    /// Where the next one begins.
    pub(super) next: usize,
}

impl<'s> Record<'s> {
    /// The record at a place; `None` where the stream has no whole one.
    pub(super) fn at(stream: &'s [u8], at: usize) -> Option<Self> {
        let head = stream.get(at..at.checked_add(4)?)?;
        let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
        let data = stream.get(at + 4..at + 4 + length)?;
        Some(Self {
            kind: u16::from_le_bytes([head[0], head[1]]),
            data,
            next: at + 4 + length,
        })
    }

    pub(super) fn u8(&self, at: usize) -> Option<u8> {
        self.data.get(at).copied()
    }

    pub(super) fn u16(&self, at: usize) -> Option<u16> {
        u16_of(self.data, at)
    }

    pub(super) fn u32(&self, at: usize) -> Option<u32> {
        let bytes = self.data.get(at..at.checked_add(4)?)?;
        bytes.try_into().ok().map(u32::from_le_bytes)
    }

    pub(super) fn f64(&self, at: usize) -> Option<f64> {
        let bytes = self.data.get(at..at.checked_add(8)?)?;
        bytes.try_into().ok().map(f64::from_le_bytes)
    }
}

pub(super) fn u16_of(data: &[u8], at: usize) -> Option<u16> {
    let bytes = data.get(at..at.checked_add(2)?)?;
    bytes.try_into().ok().map(u16::from_le_bytes)
}

/// The data of a record and of those that continue it, and where the next one begins.
pub(super) fn continued<'s>(stream: &'s [u8], first: Record<'s>) -> (Vec<&'s [u8]>, usize) {
    let mut pieces = vec![first.data];
    let mut next = first.next;
    while let Some(record) = Record::at(stream, next).filter(|r| r.kind == kind::CONTINUE) {
        pieces.push(record.data);
        next = record.next;
    }
    (pieces, next)
}
