//! What is asked about what was said in a case.

use super::typed::Typed;

#[derive(clap::Args)]
pub(crate) struct OneCase {
    /// 案例 · Case: id, end of an id, link, or title
    #[arg(value_parser = Typed)]
    pub case: String,
}

#[derive(clap::Args)]
pub(crate) struct Texts {
    /// 案例 · Case: id, end of an id, link, or title
    #[arg(value_parser = Typed)]
    pub case: String,
    /// 读第几份（1 是最新的） · Read this one from now on; 1 is the newest
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub read: Option<u16>,
}
