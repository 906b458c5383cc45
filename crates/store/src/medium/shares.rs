//! Paths of Windows that lead to another machine.

/// Server and share of a path, or `None` for a path on a drive of this machine.
///
/// `\\server\share\…` also comes with slashes, and as `\\?\UNC\server\share\…`. `\\?\C:\…` and
/// `\\.\C:\…` are drives. The system takes either separator, also mixed.
pub(crate) fn share_of(path: &str) -> Option<(String, String)> {
    let path = path.replace('/', "\\");
    let rest = path.strip_prefix("\\\\")?;
    let mut parts = rest.split('\\');
    let first = parts.next()?;
    let (server, share) = match first {
        "?" | "." => {
            let unc = parts.next()?;
            if !unc.eq_ignore_ascii_case("UNC") {
                return None;
            }
            (parts.next()?, parts.next().unwrap_or_default())
        }
        server => (server, parts.next().unwrap_or_default()),
    };
    (!server.is_empty()).then(|| (server.to_owned(), share.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::share_of;
    use rstest::rstest;

    #[rstest]
    #[case(r"\\server\share\呼叫", Some(("server", "share")))]
    #[case("//server/share/ws", Some(("server", "share")))]
    #[case(r"\/server\share", Some(("server", "share")))]
    #[case(r"\\server", Some(("server", "")))]
    #[case(r"\\?\UNC\server\share\ws", Some(("server", "share")))]
    #[case(r"\\?\unc\server\share", Some(("server", "share")))]
    #[case(r"\\.\UNC\server\share", Some(("server", "share")))]
    #[case(r"\\wsl.localhost\Ubuntu\home", Some(("wsl.localhost", "Ubuntu")))]
    #[case(r"\\localhost\c$\ws", Some(("localhost", "c$")))]
    #[case(r"C:\ws", None)]
    #[case("C:/ws", None)]
    #[case(r"\\?\C:\ws", None)]
    #[case(r"\\.\C:\ws", None)]
    #[case(r"\ws", None)]
    #[case("ws", None)]
    #[case(r"\\", None)]
    #[case("", None)]
    fn a_path_to_another_machine_is_told_from_a_drive(
        #[case] path: &str,
        #[case] share: Option<(&str, &str)>,
    ) {
        let share = share.map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!(share_of(path), share);
    }
}
