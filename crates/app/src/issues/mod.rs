//! The shared issue list.

pub(crate) mod reads;
pub(crate) mod shapes;

pub use reads::*;
pub use shapes::*;

use crate::acting::{Acting, clean_text, only, same_rev};
use crate::error::{AppError, AppResult, codes};
use crate::shape::Page;
use crate::tx::Tx;
use qinting_domain::*;

/// Similar issues that are suggested at most.
const SUGGESTIONS: u32 = 5;

impl Acting {
    /// A window of the issue list.
    pub fn list_issues(&self, mut query: IssueQuery) -> AppResult<Page<IssueRow>> {
        query.now = self.app().wall_now();
        query.asker = Some(self.actor());
        self.read(|seen| seen.issues(&query))
    }

    /// Counts for the side column; "mine" counts for who sits here.
    pub fn issue_facets(&self, _: ()) -> AppResult<IssueFacets> {
        self.read(|seen| seen.issue_facets(self.actor(), self.app().wall_now()))
    }

    /// An issue as its page opens, with the moves the gate would let pass.
    pub fn get_issue(&self, id: IssueId) -> AppResult<IssueView> {
        self.read(|seen| {
            let row = seen.issue_row(id)?;
            let row = row.ok_or_else(|| AppError::from(Refusal::Gone(EntityKind::Issue)))?;
            let names = seen.names()?;
            let name = |id: PersonId| names.get(&id).cloned().unwrap_or_default();
            let merged_into = match row.issue.merged_into {
                Some(into) => seen.issue_row(into)?.map(|r| issue_ref(&r.issue)),
                None => None,
            };
            let comments = seen.comments_of(id)?.into_iter();
            let history = seen.history(EntityKind::Issue, id.0)?.into_iter().rev();
            Ok(IssueView {
                comments: comments
                    .map(|c| CommentView {
                        author: name(c.meta.created_by),
                        comment: c,
                    })
                    .collect(),
                history: history
                    .map(|c| ChangeView {
                        author: name(c.actor),
                        change: c,
                    })
                    .collect(),
                merged: seen.merged_into(id)?,
                merged_into,
                moves: seen.moves_of(&row.issue)?,
                evidence: seen.evidence_of(id)?,
                row,
            })
        })
    }

    /// 立为问题: a new issue, with or without moments to rest on.
    pub fn create_issue(&self, new: NewIssue) -> AppResult<IssueRow> {
        let id = IssueId(self.app().id());
        self.write(Action::IssueCreate, |tx| {
            let issue = Issue {
                statement: new.statement.clone(),
                business_line: new.business_line.clone(),
                urgency: new.urgency,
                difficulty: new.difficulty,
                ..Issue::new(id, new.title.clone(), self.new_meta())
            };
            let mut records = vec![Record::from(issue)];
            records.extend(tx.new_links(id, &new.observation_ids, EvidenceRelation::Evidence)?);
            Ok(records)
        })?;
        self.row(id)
    }

    /// Files moments under an issue that exists. A merged issue passes them on to the one that
    /// took over; a moment that is filed there already is not filed twice.
    pub fn attach_evidence(&self, request: AttachRequest) -> AppResult<IssueView> {
        let relation = request.relation.unwrap_or(EvidenceRelation::Evidence);
        let mut id = request.issue_id;
        self.write(Action::IssueAttach, |tx| {
            id = tx.taken_over(request.issue_id)?;
            tx.new_links(id, &request.observation_ids, relation)
        })?;
        self.get_issue(id)
    }

    /// Takes a moment off an issue; the observation itself stays.
    pub fn detach_evidence(&self, id: IssueLinkId) -> AppResult<()> {
        self.take_away::<IssueLink>(Action::IssueDetach, id)
    }

    /// Moves an issue in its life cycle.
    pub fn change_status(&self, change: StatusChange) -> AppResult<Issue> {
        only::<Issue>(self.write(Action::IssueStatus, |tx| {
            let mut issue = tx.fetch::<Issue>(change.id)?;
            same_rev(issue.meta.rev, change.rev)?;
            let reason = clean_text("reason", &change.reason)?;
            issue.status = change.status;
            issue.status_reason = reason.trim().to_owned();
            Ok(vec![issue.into()])
        })?)
    }

    /// One issue takes over from another: its moments move along, and it leaves a redirect.
    pub fn merge_issues(&self, merge: IssueMerge) -> AppResult<IssueView> {
        self.write(Action::IssueMerge, |tx| {
            let mut from = tx.fetch::<Issue>(merge.from)?;
            let into = tx.fetch::<Issue>(merge.into)?;
            let there = tx.links_of(into.id)?;
            let at = self.app().now();
            let links = tx.links_of(from.id)?.into_iter();
            let mut records: Vec<Record> = links
                .map(|mut link| {
                    // A moment both rest on stays once.
                    if there
                        .iter()
                        .any(|l| l.observation_id == link.observation_id)
                    {
                        link.meta.deleted_at = Some(at);
                    } else {
                        link.moved_from = Some(from.id);
                        link.issue_id = into.id;
                    }
                    link.into()
                })
                .collect();
            from.status_before_merge = Some(from.status);
            from.status = IssueStatus::Merged;
            from.merged_into = Some(into.id);
            records.push(from.into());
            Ok(records)
        })?;
        self.get_issue(merge.into)
    }

    /// "Is there something like this already?", asked while the title is typed. The words and
    /// tags of the moment being filed count too.
    pub fn similar_issues(&self, request: SimilarRequest) -> AppResult<Vec<IssueRow>> {
        let mut text = clean_text("text", &request.text)?;
        if let Some(id) = request.observation_id {
            let o = self.fetch::<Observation>(id)?;
            text = format!("{text} {}", o.text);
        }
        self.read(|seen| seen.similar_issues(&text, request.except, SUGGESTIONS))
    }

    /// Gives every issue a new number above all that are taken here, and above `above`, as far as another list
    /// has come with which this one is joined; in their order. The old numbers lead to them still.
    pub fn renumber_issues(&self, above: u32) -> AppResult<Vec<Issue>> {
        let done = self.write(Action::IssueRenumber, |tx| {
            let mut issues: Vec<Issue> = tx
                .all_of(EntityKind::Issue)?
                .into_iter()
                .filter_map(Issue::from_record)
                .collect();
            issues.sort_by_key(|issue| issue.number);
            let first = tx.highest_issue_number()?.max(above);
            let too_many = || AppError::new(codes::INVALID).with("field", "above");
            let numbered = issues.into_iter().zip(1u32..).map(|(mut issue, n)| {
                issue.former_numbers.push(issue.number);
                issue.number = first.checked_add(n).ok_or_else(too_many)?;
                Ok(issue.into())
            });
            numbered.collect()
        })?;
        Ok(done
            .records
            .into_iter()
            .filter_map(Issue::from_record)
            .collect())
    }

    fn row(&self, id: IssueId) -> AppResult<IssueRow> {
        self.read(|seen| seen.issue_row(id))?
            .ok_or_else(|| AppError::new(codes::NOT_FOUND))
    }
}

impl Tx<'_> {
    /// Where an issue can go from here; a reason is asked for later.
    fn moves_of(&self, issue: &Issue) -> AppResult<Vec<StatusMove>> {
        let before = Record::from(issue.clone());
        let mut moves = Vec::new();
        for status in IssueStatus::ALL {
            let after = Issue {
                status,
                status_reason: "given".to_owned(),
                ..issue.clone()
            };
            let passed = self.would_pass(Action::IssueStatus, &before, after.into());
            if passed.is_ok() {
                moves.push(StatusMove {
                    status,
                    needs_reason: issue.status.move_needs_reason(status),
                });
            }
        }
        Ok(moves)
    }

    /// The issue that stands for one now: itself, or the last of those that took over. Older versions
    /// could merge two into each other; then it is the one asked for.
    fn taken_over(&self, asked: IssueId) -> AppResult<IssueId> {
        let mut passed = vec![asked];
        let mut issue = self.fetch::<Issue>(asked)?;
        while let Some(into) = issue.merged_into {
            if passed.contains(&into) {
                return Ok(asked);
            }
            passed.push(into);
            issue = self.fetch::<Issue>(into)?;
        }
        Ok(issue.id)
    }

    fn new_links(
        &self,
        issue_id: IssueId,
        observations: &[ObservationId],
        relation: EvidenceRelation,
    ) -> AppResult<Vec<Record>> {
        let mut there: Vec<ObservationId> = self
            .links_of(issue_id)?
            .iter()
            .map(|l| l.observation_id)
            .collect();
        let mut links = Vec::new();
        for id in observations {
            let observation = self.fetch::<Observation>(*id)?;
            if there.contains(id) {
                continue;
            }
            there.push(*id);
            links.push(
                IssueLink {
                    id: IssueLinkId(self.app.id()),
                    issue_id,
                    moved_from: None,
                    observation_id: *id,
                    relation,
                    importance: observation.severity,
                    meta: self.new_meta(),
                }
                .into(),
            );
        }
        Ok(links)
    }
}

fn issue_ref(issue: &Issue) -> IssueRef {
    IssueRef {
        id: issue.id,
        number: issue.number,
        title: issue.title.clone(),
        status: issue.status,
    }
}
