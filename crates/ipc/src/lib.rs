//! The one list of commands, and the TypeScript made from it.
//!
//! A line gives a command's name, request and answer. The door (`qinting_host::Door`) answers each by its name,
//! for whichever host asks, and `bindings` turns each into a typed function of the UI. A command that exists in
//! one place only does not compile.
//!
//! Before it a line says what wants a word from the person first. `#[Destroys]`: nothing takes it back, and the door
//! asks. `#[Leaves]`: something goes where Qinting does not keep it, and its request has a ticket that only a person
//! gives out, in a dialog or on the command line. `#[Unmasks]`: a customer's name and number are shown whole, for a reason
//! that is written down with who asked. What a list is for says which hosts answer it.

pub mod bindings;

/// Commands of whoever sits at the desk: methods of [`qinting_desk::AtDesk`] of the same name. Calls
/// `$callback!` with every one as `name(Request) -> Answer;`, behind whatever else is given.
#[macro_export]
macro_rules! with_commands {
    ($callback:ident $($more:tt)*) => {
        $callback! {
            $($more)*
            workspace_info(()) -> WorkspaceInfo;
            device_info(()) -> DeviceInfo;
            settle_sharing(Sharing) -> WorkspaceInfo;
            doctor(()) -> Checkup;
            doctor_full(()) -> Checkup;
            doctor_stop(()) -> ();
            verify_log(()) -> LogCheckup;

            edit_record(RecordPatch) -> Record;
            add_record(NewRecord) -> Record;
            remove_record(RecordRef) -> ();
            get_record(RecordRef) -> Record;
            list_records(RecordQuery) -> Vec<Record>;
            withheld(OfferQuery) -> Vec<Withheld>;

            list_cases(CaseQuery) -> Page<CaseRow>;
            case_values(CaseValues) -> Vec<CaseValue>;
            get_case(CaseId) -> CaseView;
            edit_cases(CasesEdit) -> u32;
            delete_case(CaseId) -> ();
            delete_cases(CasesMeant) -> u32;
            bin(BinQuery) -> BinView;
            restore_case(CaseId) -> Case;
            #[Destroys] purge(PurgeRequest) -> Purge;
            hold_case(HoldRequest) -> Hold;
            release_case(CaseId) -> ();
            settle_jump(bool) -> ();
            business_lines(()) -> Vec<String>;
            told_differences(CaseId) -> Vec<ToldDifference>;
            #[Unmasks] unmask(Unmask) -> Contact;
            take_told(TakeTold) -> Vec<ToldDifference>;
            set_roles(RolesRequest) -> Recording;
            swap_channels(Vec<RecordingId>) -> u32;
            retake(RetakeRequest) -> Recording;
            sound_figures(RecordingId) -> SoundTold;

            import_plan(ImportPlanRequest) -> FactsPlan;
            import_start(ImportStart) -> u32;
            import_again(ImportAgain) -> u32;
            import_cancel(u32) -> ();
            import_status(()) -> Vec<ImportBatch>;

            transcribe(TranscribeCase) -> Job;
            cancel_job(JobId) -> ();
            retry_job(JobId) -> Job;
            list_jobs(()) -> Vec<Job>;
            segments(SegmentQuery) -> Vec<Segment>;
            segment_starts(RecordingId) -> Vec<u32>;
            find_in_transcript(TranscriptSearch) -> Vec<SegmentHit>;
            edit_segment(SegmentEdit) -> Segment;
            choose_transcript(TranscriptChoice) -> Transcript;

            player_open(OpenPlayer) -> PlayerState;
            player_play(Option<u32>) -> ();
            player_pause(()) -> ();
            player_seek(u32) -> ();
            player_speed(f32) -> ();
            player_skip_silence(bool) -> ();
            player_loop(Option<Span>) -> ();
            player_lanes(LaneChoice) -> ();
            player_device(Option<String>) -> ();
            player_clip(PlayClip) -> ();
            player_state(()) -> PlayerState;
            audio_devices(()) -> Vec<OutputDevice>;

            mark(MarkRequest) -> ObservationView;
            delete_observation(ObservationId) -> ();
            observations_of(CaseId) -> Vec<ObservationView>;
            observations(ObservationQuery) -> Page<ObservationView>;

            list_tags(()) -> Vec<Tag>;
            add_tag(NewTag) -> Tag;
            reorder_tags(Vec<TagId>) -> Vec<Tag>;
            merge_tags(TagMerge) -> Vec<Tag>;

            list_issues(IssueQuery) -> Page<IssueRow>;
            issue_facets(()) -> IssueFacets;
            get_issue(IssueId) -> IssueView;
            create_issue(NewIssue) -> IssueRow;
            change_status(StatusChange) -> Issue;
            attach_evidence(AttachRequest) -> IssueView;
            detach_evidence(IssueLinkId) -> ();
            merge_issues(IssueMerge) -> IssueView;
            similar_issues(SimilarRequest) -> Vec<IssueRow>;

            undo(()) -> UndoResult;
            undo_op(OpId) -> UndoResult;

            list_sessions(()) -> Vec<SessionRow>;
            get_session(SessionId) -> SessionView;
            add_session(NewSession) -> SessionRow;
            delete_session(SessionId) -> ();

            live_choices(()) -> LiveChoices;
            live_check(Vec<LiveLane>) -> ();
            live_check_end(()) -> ();
            live_test(()) -> LiveTest;
            live_test_play(()) -> ();
            live_begin(LiveBegin) -> LiveStatus;
            live_status(()) -> Option<LiveStatus>;
            live_pause(()) -> LiveStatus;
            live_resume(()) -> LiveStatus;
            live_go_on(()) -> LiveStatus;
            live_swap(()) -> LiveStatus;
            live_stop(()) -> LiveEnded;
            live_mark(LiveMark) -> ObservationView;
            live_recovered(()) -> Vec<RecoveredCall>;
            live_acknowledge(LiveCallId) -> ();
            add_seat_note(NewSeatNote) -> SeatNoteView;
            delete_seat_note(SeatNoteId) -> ();
            seat_notes_of(CaseId) -> Vec<SeatNoteView>;
            live_waiting(()) -> Vec<AlignView>;
            align_view(LiveCallId) -> AlignView;
            align_by_hello(HelloRequest) -> AlignCandidate;
            align(AlignRequest) -> AlignView;

            list_people(()) -> Vec<Person>;
            add_person(NewPerson) -> Person;
            merge_people(PersonMerge) -> Vec<Person>;
            switch_person(PersonId) -> Person;

            search(SearchQuery) -> SearchResults;
            link_to(Link) -> String;

            get_settings(()) -> Settings;
            update_settings(Settings) -> Settings;

            list_models(()) -> Vec<ModelRow>;
            download_model(String) -> ();
            cancel_download(String) -> ();
            add_model_file(Ticket) -> ModelRow;
            #[Destroys] remove_model(String) -> ();
            set_default_model(DefaultModel) -> Vec<ModelRow>;

            #[Leaves] export_findings(ExportRequest) -> ExportResult;
        }
    };
}

/// The same whose answer is bytes and not JSON.
#[macro_export]
macro_rules! with_byte_commands {
    ($callback:ident $($more:tt)*) => {
        $callback! {
            $($more)*
            peaks(PeaksRequest) -> Bytes;
        }
    };
}

/// Commands that ask which workspace is open, or for another one: they are answered with none open, too.
#[macro_export]
macro_rules! with_place_commands {
    ($callback:ident $($more:tt)*) => {
        $callback! {
            $($more)*
            doors(()) -> Doors;
            open_demo(()) -> OpenedPlace;
            #[Destroys] reset_demo(()) -> OpenedPlace;
            leave_demo(()) -> OpenedPlace;
            open_own(()) -> OpenedPlace;
            open_workspace(Ticket) -> OpenedPlace;
            copy_here(()) -> OpenedPlace;
            take_as_ours(()) -> OpenedPlace;
            list_copies(()) -> Vec<CopyRow>;
            restore_copy(String) -> OpenedPlace;
            salvage(()) -> Salvaged;
            resolve_link(String) -> Link;
        }
    };
}

/// What is said of other calls.
#[macro_export]
macro_rules! with_door_commands {
    ($callback:ident $($more:tt)*) => {
        $callback! {
            $($more)*
            cancel_call(String) -> ();
        }
    };
}

/// Commands that want a screen and somebody before it: dialogs, the clipboard. Each host does what it can.
#[macro_export]
macro_rules! with_window_commands {
    ($callback:ident $($more:tt)*) => {
        $callback! {
            $($more)*
            pick_audio(()) -> Option<Ticket>;
            pick_audio_folder(()) -> Option<Ticket>;
            pick_model_file(()) -> Option<Ticket>;
            pick_export_path(ExportFormat) -> Option<Ticket>;
            pick_workspace(()) -> Option<Ticket>;
            copy_text(String) -> ();
            speak(String) -> ();
            take_pending_link(()) -> Option<Link>;
            ui_ready(()) -> ();
        }
    };
}
