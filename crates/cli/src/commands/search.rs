//! `qinting search`

use crate::answer::Answer;
use crate::args::Search;
use crate::screen;
use qinting_desk::{
    AppResult, AtDesk, SearchHit, SearchOwner, SearchQuery, SearchScope, SearchTarget,
};
use qinting_domain::{
    CaseId, ChannelRole, EntityKind, IssueId, Link, ObservationId, SessionId, Turns,
};
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
    #[serde(flatten)]
    hit: SearchHit,
    /// The same as `target` says, by the names it had before there was one: scripts go by them.
    #[serde(flatten)]
    named: Named,
    link: Option<String>,
}

#[derive(Serialize, Default)]
struct Named {
    kind: Option<EntityKind>,
    role: Option<ChannelRole>,
    doubtful: bool,
    case_id: Option<CaseId>,
    start_ms: Option<u64>,
    end_ms: Option<u64>,
    turns: Option<Turns>,
    issue_id: Option<IssueId>,
    issue_number: Option<u32>,
    observation_id: Option<ObservationId>,
    session_id: Option<SessionId>,
}

impl Named {
    fn of(target: &SearchTarget) -> Self {
        let mut named = Self::default();
        if let Some(at) = target.at() {
            named.case_id = Some(at.case_id);
            (named.start_ms, named.end_ms, named.turns) = (at.start_ms, at.end_ms, at.turns);
        }
        match target {
            SearchTarget::Segment { role, doubtful, .. } => {
                (named.role, named.doubtful) = (Some(*role), *doubtful);
            }
            SearchTarget::Observation { observation_id, .. } => {
                named.observation_id = Some(*observation_id);
            }
            SearchTarget::Issue { issue_id, number } => {
                (named.issue_id, named.issue_number) = (Some(*issue_id), Some(*number));
            }
            SearchTarget::Case { case_id } => named.case_id = Some(*case_id),
            SearchTarget::Session { session_id } => named.session_id = Some(*session_id),
            SearchTarget::Record { record, of } => {
                named.kind = Some(*record);
                match of {
                    SearchOwner::Issue { issue_id, number } => {
                        (named.issue_id, named.issue_number) = (Some(*issue_id), Some(*number));
                    }
                    SearchOwner::Session { session_id } => named.session_id = Some(*session_id),
                    SearchOwner::Case { case_id } => named.case_id = Some(*case_id),
                }
            }
            SearchTarget::SeatNote { .. }
            | SearchTarget::Person { .. }
            | SearchTarget::Tag { .. } => {}
        }
        named
    }
}

impl Hit {
    /// A case goes by its short link, as everywhere here; what else has one says whose it is.
    fn new(at_desk: &AtDesk, hit: SearchHit) -> AppResult<Self> {
        let link = match hit.target.link() {
            Some(Link::Moment(moment)) => Some(moment.to_string()),
            Some(link) => Some(at_desk.link_to(link)?),
            None => None,
        };
        Ok(Self {
            scope: hit.target.scope(),
            named: Named::of(&hit.target),
            hit,
            link,
        })
    }
}

pub(crate) fn run(at_desk: &AtDesk, args: Search) -> AppResult<Answer> {
    let results = at_desk.search(SearchQuery {
        text: args.text,
        scopes: args.scopes.into_iter().map(SearchScope::from).collect(),
        limit: args.limit,
    })?;
    let hits = results.hits.into_iter().map(|hit| Hit::new(at_desk, hit));
    let found = Found {
        hits: hits.collect::<AppResult<_>>()?,
        more: results.more,
        left_out: results.left_out,
        renewing: results.renewing,
    };
    Answer::new(&found, text(&found))
}

fn text(found: &Found) -> String {
    let mut out = String::new();
    for Hit { hit, link, .. } in &found.hits {
        let mut head = heading(&hit.target);
        head.push(screen::short(&hit.title, 60));
        out.push_str(&head.join("  "));
        out.push('\n');
        if !hit.excerpt.is_empty() {
            out.push_str(&format!("  {}\n", screen::line(&hit.excerpt)));
        }
        if let Some(link) = link {
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

/// What it is, and where it stands.
fn heading(target: &SearchTarget) -> Vec<String> {
    let number = |n: u32| format!("#{n}");
    let mut head = vec![scope(target.scope()).to_owned()];
    if let Some(at) = target.at() {
        head.extend(at.start_ms.map(moment::clock));
        head.extend(at.turns.map(labels::turns));
    }
    match target {
        SearchTarget::Issue { number: n, .. } => head.push(number(*n)),
        SearchTarget::Record { record, of } => {
            head = vec![labels::record(*record).to_owned()];
            if let SearchOwner::Issue { number: n, .. } = of {
                head.push(number(*n));
            }
        }
        SearchTarget::Segment { role, doubtful, .. } => {
            head.push(labels::role(*role).to_owned());
            head.extend(doubtful.then(|| labels::DOUBTFUL.to_owned()));
        }
        SearchTarget::Observation { .. }
        | SearchTarget::SeatNote { .. }
        | SearchTarget::Case { .. }
        | SearchTarget::Session { .. }
        | SearchTarget::Person { .. }
        | SearchTarget::Tag { .. } => {}
    }
    head
}

fn scope(scope: SearchScope) -> &'static str {
    match scope {
        SearchScope::Segment => "文字",
        SearchScope::Observation => "观察",
        SearchScope::Issue => "问题",
        SearchScope::Case => "案例",
        SearchScope::Record => "记录",
        SearchScope::Session => "专场",
        SearchScope::Tag => "标签",
        SearchScope::Person => "人",
    }
}
