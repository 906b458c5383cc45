//! `qinting search`

use crate::answer::Answer;
use crate::args::Search;
use crate::screen;
use qinting_desk::{AppResult, AtDesk, SearchHit, SearchQuery, SearchScope};
use qinting_domain::{ChannelRole, EntityKind, MomentLink, Turns};
use qinting_export::{labels, moment};
use serde::Serialize;

#[derive(Serialize)]
struct Found {
    hits: Vec<Hit>,
    /// Places that hold more than was asked for.
    more: Vec<SearchScope>,
    /// What no search can look for.
    left_out: Vec<String>,
    /// So much of the index is renewed, in percent, while it is.
    renewing: Option<u8>,
}

#[derive(Serialize)]
struct Hit {
    scope: SearchScope,
    /// What it is, among records.
    kind: Option<EntityKind>,
    title: String,
    excerpt: String,
    role: Option<ChannelRole>,
    doubtful: bool,
    case_id: Option<String>,
    start_ms: Option<u64>,
    end_ms: Option<u64>,
    turns: Option<Turns>,
    issue_id: Option<String>,
    issue_number: Option<u32>,
    observation_id: Option<String>,
    session_id: Option<String>,
    link: Option<String>,
}

impl From<SearchHit> for Hit {
    fn from(h: SearchHit) -> Self {
        let link = h.case_id.map(|case_id| {
            MomentLink {
                case_id,
                start_ms: h.start_ms,
                end_ms: h.end_ms,
                turns: h.turns,
            }
            .to_string()
        });
        Self {
            scope: h.scope,
            kind: h.kind,
            title: h.title,
            excerpt: h.excerpt,
            role: h.role,
            doubtful: h.doubtful,
            case_id: h.case_id.map(|id| id.to_string()),
            start_ms: h.start_ms,
            end_ms: h.end_ms,
            turns: h.turns,
            issue_id: h.issue_id.map(|id| id.to_string()),
            issue_number: h.issue_number,
            observation_id: h.observation_id.map(|id| id.to_string()),
            session_id: h.session_id.map(|id| id.to_string()),
            link,
        }
    }
}

pub(crate) fn run(at_desk: &AtDesk, args: Search) -> AppResult<Answer> {
    let results = at_desk.search(SearchQuery {
        text: args.text,
        scopes: args.scopes.into_iter().map(SearchScope::from).collect(),
        limit: args.limit,
    })?;
    let found = Found {
        hits: results.hits.into_iter().map(Hit::from).collect(),
        more: results.more,
        left_out: results.left_out,
        renewing: results.renewing,
    };
    Answer::new(&found, text(&found))
}

fn text(found: &Found) -> String {
    let mut out = String::new();
    for h in &found.hits {
        let what = h.kind.map_or_else(|| scope(h.scope), labels::record);
        let mut head = vec![what.to_owned()];
        head.extend(h.issue_number.map(|n| format!("#{n}")));
        head.extend(h.start_ms.map(moment::clock));
        head.extend(h.turns.map(labels::turns));
        head.extend(h.role.map(|r| labels::role(r).to_owned()));
        head.extend(h.doubtful.then(|| labels::DOUBTFUL.to_owned()));
        head.push(screen::short(&h.title, 60));
        out.push_str(&head.join("  "));
        out.push('\n');
        if !h.excerpt.is_empty() {
            out.push_str(&format!("  {}\n", screen::line(&h.excerpt)));
        }
        if let Some(link) = &h.link {
            out.push_str(&format!("  {link}\n"));
        }
    }
    if found.hits.is_empty() {
        out.push_str("没有找到 · nothing found\n");
    }
    if !found.left_out.is_empty() {
        let left_out: Vec<_> = found.left_out.iter().map(|p| screen::line(p)).collect();
        let left_out = left_out.join(" ");
        out.push_str(&format!(
            "没有找这些：只有标点 · not looked for: {left_out}\n"
        ));
    }
    if let Some(percent) = found.renewing {
        out.push_str(&format!(
            "索引在更新，{percent} %，较早的记录可能还找不到 · index being renewed\n"
        ));
    }
    if !found.more.is_empty() {
        let more: Vec<_> = found.more.iter().map(|s| scope(*s)).collect();
        out.push_str(&format!(
            "还有更多 · more in: {} (--limit)\n",
            more.join("、")
        ));
    }
    out
}

fn scope(scope: SearchScope) -> &'static str {
    match scope {
        SearchScope::Segment => "文字",
        SearchScope::Observation => "观察",
        SearchScope::Issue => "问题",
        SearchScope::Case => "案例",
        SearchScope::Record => "记录",
    }
}
