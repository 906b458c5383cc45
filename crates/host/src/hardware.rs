//! What the machine is made of, as far as the system tells without being asked twice.

/// Processor cores this process may use.
pub(crate) fn cores() -> u32 {
    std::thread::available_parallelism().map_or(1, |n| u32::try_from(n.get()).unwrap_or(u32::MAX))
}

/// Bytes of memory. Linux tells in a file; elsewhere nobody is asked.
pub(crate) fn memory_bytes() -> Option<u64> {
    total_of(&std::fs::read_to_string("/proc/meminfo").ok()?)
}

/// Reads `MemTotal:       16303540 kB`.
fn total_of(told: &str) -> Option<u64> {
    let mut lines = told.lines();
    let line = lines.find_map(|line| line.strip_prefix("MemTotal:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kib.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_read_from_what_the_system_tells() {
        let told = "MemTotal:       16303540 kB\nMemFree:          999 kB\n";
        assert_eq!(total_of(told), Some(16_303_540 * 1024));
        for other in ["", "MemFree: 9 kB", "MemTotal: much", "MemTotal: 9 MB"] {
            assert_eq!(total_of(other), None, "{other}");
        }
    }

    #[test]
    fn this_machine_has_a_core_and_on_linux_some_memory() {
        assert!(cores() >= 1);
        assert_eq!(
            memory_bytes().is_some_and(|bytes| bytes > 0),
            cfg!(target_os = "linux")
        );
    }
}
