//! `qinting copy`

use crate::answer::Answer;
use crate::args::CopyTo;
use crate::screen;
use qinting_desk::AppResult;
use qinting_host::Host;

pub(crate) fn run(host: &Host, args: &CopyTo) -> AppResult<Answer> {
    let copied = host.copy_to(&args.to)?;
    let text = format!(
        "已拷到 {}（{} 个文件，{} MB）\n",
        screen::line(&copied.path),
        copied.files,
        copied.bytes.div_ceil(1_000_000)
    );
    Answer::new(&copied, text)
}
