//! The profiles that ship with the program, as files.

use super::Profile;
use std::sync::OnceLock;

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        /// Their texts, by name.
        pub(super) const FILES: &[(&str, &str)] = &[
            $(($name, include_str!(concat!("../../profiles/", $name, ".json"))),)+
        ];
    };
}

files!(
    "aliyun_ccc",
    "amazon_connect",
    "asterisk_cdr",
    "call_log_with_data",
    "five9_call_log",
    "freeswitch_cdr_csv",
    "freeswitch_json_cdr",
    "freeswitch_xml_cdr",
    "genesys_bulk_export",
    "huawei_cec_call",
    "huawei_cec_query",
    "huawei_cec_record",
    "netease_qiyu_push",
    "siprec_metadata",
    "tencent_ccc",
    "tencent_ccc_push",
    "twilio_call",
    "vcon",
    "verint_verba",
);

/// All of them. What is changed of one is a person's own profile, which is asked before these.
pub fn built_in() -> &'static [Profile] {
    static PROFILES: OnceLock<Vec<Profile>> = OnceLock::new();
    PROFILES.get_or_init(|| {
        let parsed = FILES
            .iter()
            .map(|(_, text)| Profile::parse(text.as_bytes()));
        parsed
            .collect::<Result<_, _>>()
            .expect("a test reads each of these files")
    })
}

/// One of them, by the name it is listed under or that of its file: `twilio_call`.
pub fn built_in_named(name: &str) -> Option<&'static Profile> {
    let files = FILES.iter().zip(built_in());
    let mut found = files.filter(|((file, _), profile)| *file == name || profile.name == name);
    found.next().map(|(_, profile)| profile)
}
