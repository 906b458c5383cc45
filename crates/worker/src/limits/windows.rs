//! Windows: a job object around the process. It limits memory, starts no other process, and ends
//! without a dialog. The end of stdin, which a killed host closes, ends a worker.

use super::Bounds;
use std::io;
use std::os::windows::process::CommandExt;
use std::process::Command;
use windows_sys::Win32::System::JobObjects::{
    AssignProcessToJobObject, CreateJobObjectW, JOB_OBJECT_LIMIT_ACTIVE_PROCESS,
    JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION, JOB_OBJECT_LIMIT_PROCESS_MEMORY,
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION, JobObjectExtendedLimitInformation,
    SetInformationJobObject,
};
use windows_sys::Win32::System::Threading::{
    BELOW_NORMAL_PRIORITY_CLASS, CREATE_NEW_PROCESS_GROUP, GetCurrentProcess, SetPriorityClass,
};

pub(in super::super) fn die_with_host() {}

/// Ctrl+C in a console goes to everybody in the group.
pub(in super::super) fn out_of_reach(command: &mut Command) {
    command.creation_flags(CREATE_NEW_PROCESS_GROUP);
}

/// Decoding must not take the cores from listening and marking.
#[allow(unsafe_code, reason = "two calls on the handle of this very process")]
pub(in super::super) fn give_way() {
    // SAFETY: the handle stands for this process and needs no closing.
    unsafe { SetPriorityClass(GetCurrentProcess(), BELOW_NORMAL_PRIORITY_CLASS) };
}

#[allow(unsafe_code, reason = "job objects have no safe door")]
pub(super) fn bind(bounds: Bounds) -> io::Result<()> {
    let mut info = JOBOBJECT_EXTENDED_LIMIT_INFORMATION::default();
    info.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_PROCESS_MEMORY
        | JOB_OBJECT_LIMIT_ACTIVE_PROCESS
        | JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION;
    info.BasicLimitInformation.ActiveProcessLimit = 1;
    info.ProcessMemoryLimit = usize::try_from(bounds.memory).unwrap_or(usize::MAX);
    let size = size_of_val(&info) as u32;
    // SAFETY: `info` is whole, outlives the call, and its size is told. The handle of the job is
    // never closed: it lives as long as the process it binds.
    let bound = unsafe {
        let job = CreateJobObjectW(std::ptr::null(), std::ptr::null());
        !job.is_null()
            && SetInformationJobObject(
                job,
                JobObjectExtendedLimitInformation,
                (&raw const info).cast(),
                size,
            ) != 0
            && AssignProcessToJobObject(job, GetCurrentProcess()) != 0
    };
    if bound {
        Ok(())
    } else {
        Err(io::Error::last_os_error())
    }
}
