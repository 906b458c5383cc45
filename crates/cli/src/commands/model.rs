//! `qinting model`

use crate::answer::Answer;
use crate::args::Model;
use crate::screen;
use qinting_desk::{AppResult, AtDesk, DefaultModel, ModelRow, ModelState};

use serde::Serialize;

#[derive(Serialize)]
struct Models {
    models: Vec<ModelRow>,
}

pub(crate) fn run(at_desk: &AtDesk, args: Model) -> AppResult<Answer> {
    let models = match args {
        Model::List => at_desk.list_models(())?,
        Model::Add { file } => {
            let file = std::path::absolute(&file).unwrap_or(file);
            at_desk.take_model(&file)?;
            at_desk.list_models(())?
        }
        Model::Default { model, insist } => {
            at_desk.set_default_model(DefaultModel { id: model, insist })?
        }
    };
    let models = Models { models };
    Answer::new(&models, text(&models))
}

fn text(models: &Models) -> String {
    let rows: Vec<[String; 5]> = models
        .models
        .iter()
        .map(|m| {
            [
                screen::short(&m.id, 28),
                format!("{} MB", m.bytes.div_ceil(1_000_000)),
                state(m.state).to_owned(),
                remark(m).to_owned(),
                screen::short(&m.name, 40),
            ]
        })
        .collect();
    screen::table(["编号", "大小", "状态", "", "名称"], &rows)
}

fn state(state: ModelState) -> &'static str {
    match state {
        ModelState::Absent => "无",
        ModelState::Downloading => "下载中",
        ModelState::Partial => "未下完",
        ModelState::Installed => "可用",
    }
}

fn remark(model: &ModelRow) -> &'static str {
    match (model.is_default, model.is_demo) {
        (true, true) => "默认，只认得演示",
        (true, false) => "默认",
        (false, true) => "只认得演示",
        (false, false) => "",
    }
}
