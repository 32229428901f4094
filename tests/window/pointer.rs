//! The display's own pointer, in the corner of the window. On a display without a window manager the window under the
//! pointer is the one that has the focus; without it the web view draws no focus, and says that it has none.
//!
//! Three requests of the X protocol (X Window System Protocol, version 11, appendix B) need no library.

use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;

/// `WarpPointer`: opcode 41, six words long.
const WARP_POINTER: u8 = 41;
/// `GetInputFocus`: its answer says that what came before is done.
const GET_INPUT_FOCUS: u8 = 43;
/// In the window's corner lies nothing that could look pointed at.
const CORNER: (u16, u16) = (1, 1);

/// Moves the pointer of the display `:N` into the corner in which windows open there.
pub(super) fn into_the_corner(display: &str) -> io::Result<()> {
    let number = display.trim_start_matches(':');
    let number = number.split('.').next().unwrap_or_default();
    let mut server = UnixStream::connect(format!("/tmp/.X11-unix/X{number}"))?;
    let root = greet(&mut server)?;

    let mut warp = vec![WARP_POINTER, 0, 6, 0];
    // From anywhere, to a place of the root window.
    warp.extend(0_u32.to_le_bytes());
    warp.extend(root);
    warp.extend([0; 8]);
    warp.extend(CORNER.0.to_le_bytes());
    warp.extend(CORNER.1.to_le_bytes());
    warp.extend([GET_INPUT_FOCUS, 0, 1, 0]);
    server.write_all(&warp)?;
    server.read_exact(&mut [0; 32])
}

/// Opens the connection; the answer names the root window.
fn greet(server: &mut UnixStream) -> io::Result<[u8; 4]> {
    // Little-endian, version 11.0, without authorization: a test's display asks for none.
    server.write_all(&[b'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0])?;
    let mut head = [0; 8];
    server.read_exact(&mut head)?;
    let words = u16::from_le_bytes([head[6], head[7]]);
    let mut body = vec![0; usize::from(words) * 4];
    server.read_exact(&mut body)?;
    if head[0] != 1 {
        return Err(io::Error::other("the display refuses the connection"));
    }
    // 32 bytes, the vendor's name padded to words, 8 bytes for each pixmap format, and then the first screen.
    let vendor = usize::from(u16::from_le_bytes([body[16], body[17]])).next_multiple_of(4);
    let screen = 32 + vendor + usize::from(body[21]) * 8;
    body.get(screen..screen + 4)
        .and_then(|root| root.try_into().ok())
        .ok_or_else(|| io::Error::other("the display names no screen"))
}
