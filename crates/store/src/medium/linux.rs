//! File systems of Linux.

use rustix::fs::{Access, access, major, minor, statfs};
use rustix::io::Errno;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// Numbers by which the kernel names file systems that lie on other machines (`statfs(2)`).
const NETWORK: [(u32, &str); 17] = [
    (0x0000_6969, "nfs"),
    (0x0000_517B, "smb"),
    (0xFF53_4D42, "cifs"),
    (0xFE53_4D42, "smb2"),
    (0x0102_1997, "9p"),
    (0x5346_414F, "afs"),
    (0x6B41_4653, "afs"),
    (0x00C3_6400, "ceph"),
    (0x0BD0_0BD0, "lustre"),
    (0x7375_7245, "coda"),
    (0x0000_564C, "ncp"),
    (0x0116_1970, "gfs2"),
    (0x7461_636F, "ocfs2"),
    (0x4750_4653, "gpfs"),
    (0x1983_0326, "beegfs"),
    (0x2030_528A, "orangefs"),
    (0x786F_4256, "vboxsf"),
];
/// File systems that a program serves: only the mount says which.
const FUSE: u32 = 0x6573_5546;
/// Those of them that stay on this machine. Any other may lead anywhere, and is not trusted with a
/// write-ahead log.
const LOCAL_FUSE: [&str; 11] = [
    "fuseblk",
    "fuse.ntfs-3g",
    "fuse.ntfs",
    "fuse.exfat",
    "fuse.exfat-fuse",
    "fuse.ext4",
    "fuse.fuse-overlayfs",
    "fuse.bindfs",
    "fuse.encfs",
    "fuse.gocryptfs",
    "fuse.cryfs",
];

/// The name of the file system `folder` lies on, when that is another machine's.
pub(super) fn network_file_system(folder: &Path) -> Option<String> {
    // The kernel's word has another width on every processor; the numbers have 32 bits.
    let kind = (statfs(folder).ok()?.f_type as u64 & 0xFFFF_FFFF) as u32;
    if kind == FUSE {
        let device = std::fs::metadata(folder).ok()?.dev();
        let mounts = std::fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
        let name = mounted_as(&mounts, major(device), minor(device)).unwrap_or("fuse");
        return (!LOCAL_FUSE.contains(&name)).then(|| name.trim_start_matches("fuse.").to_owned());
    }
    let known = NETWORK.iter().find(|(number, _)| *number == kind);
    known.map(|(_, name)| (*name).to_owned())
}

/// The type of the mount with a device number, out of the text of `/proc/self/mountinfo`:
/// `36 35 98:0 /root /mount options [tags…] - type source options`.
fn mounted_as(mounts: &str, major: u32, minor: u32) -> Option<&str> {
    let device = format!("{major}:{minor}");
    mounts.lines().find_map(|line| {
        let (mount, system) = line.split_once(" - ")?;
        (mount.split(' ').nth(2)? == device).then(|| system.split(' ').next())?
    })
}

/// Nothing can be made in the folder. Root may do everything, except on a medium that is read-only.
pub(super) fn is_closed_to_writing(folder: &Path) -> bool {
    matches!(
        access(folder, Access::WRITE_OK),
        Err(Errno::ROFS | Errno::ACCESS | Errno::PERM)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const MOUNTS: &str = "\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:45 / /mnt/a\\040share rw,nosuid shared:20 master:3 - fuse.sshfs kim@desk:/calls rw,user_id=0
41 22 0:46 /sub /mnt/disk rw - fuseblk /dev/sdb1 rw
42 22 0:47 / /mnt/odd rw
";

    #[rstest]
    #[case::of_another_machine(0, 45, Some("fuse.sshfs"))]
    #[case::of_a_disk(0, 46, Some("fuseblk"))]
    #[case::root(8, 1, Some("ext4"))]
    #[case::a_line_that_is_cut_off(0, 47, None)]
    #[case::unknown(0, 4, None)]
    fn a_mount_is_found_by_its_device(
        #[case] major: u32,
        #[case] minor: u32,
        #[case] kind: Option<&str>,
    ) {
        assert_eq!(mounted_as(MOUNTS, major, minor), kind);
    }

    #[test]
    fn the_disk_of_this_machine_is_no_network() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(network_file_system(dir.path()), None);
        assert!(!is_closed_to_writing(dir.path()));
    }
}
