//! The words for workspaces, links between them, and disks.

use qinting_desk::codes;

pub(super) fn known(code: &str) -> Option<(&'static str, &'static str)> {
    workspace(code).or_else(|| disk(code))
}

fn workspace(code: &str) -> Option<(&'static str, &'static str)> {
    Some(match code {
        codes::COMMAND_UNKNOWN => (
            "没有这个命令[：{command}]，请看 docs/calls.md 里的清单。",
            "There is no such command[: {command}]; see the list in docs/calls.md.",
        ),
        codes::COMMAND_ELSEWHERE => (
            "这个命令只有在窗口里才能做[：{command}]。",
            "This command needs a window[: {command}].",
        ),
        codes::LINK_INVALID => ("这不是我们的链接。", "That is not one of our links."),
        codes::LINK_ELSEWHERE => (
            "这个链接属于另一个工作区：用 --workspace 打开那一个再来。",
            "The link belongs to another workspace: name that one with --workspace.",
        ),
        codes::LINK_ELSEWHERE_NAMED => (
            "这个链接属于工作区“{name}”：用 --workspace 打开它再来。",
            "The link belongs to the workspace \"{name}\": name it with --workspace.",
        ),
        codes::COMMAND_CONFIRM => (
            "这一步做了不能撤回[：{command}]。确定要做，就把同一个请求再发一次，加上 \"confirm\": \"{token}\"。",
            "This cannot be taken back[: {command}]. To go ahead, send the same request again with \"confirm\": \"{token}\".",
        ),
        codes::TICKET_SPENT => (
            "选好的文件只能用一次，这一次已经用过，或是不认识这个名字：用 --grant 名字=路径 再给一次。",
            "What was chosen is good for one use and is used up, or nothing was granted by that name; grant it with --grant NAME=PATH.",
        ),
        codes::WORKSPACE_NEWER => (
            "工作区来自更新的版本，没有动它：请升级后再打开。",
            "The workspace was written by a newer version and was left untouched; update first.",
        ),
        codes::WORKSPACE_NEWER_READ => (
            "工作区来自更新的版本：能看能听，不能改。升级后再写。",
            "The workspace was written by a newer version; it can be read and not changed. Update to write.",
        ),
        codes::WORKSPACE_UNUSABLE => (
            "这个文件夹不能作工作区[（{path}）]：换一个可写的文件夹。",
            "This folder cannot be a workspace[ ({path})]; choose one that can be written.",
        ),
        codes::WORKSPACE_BUSY => (
            "另一个窗口正占用工作区：关掉它再试。",
            "Another window holds the workspace; close it and try again.",
        ),
        codes::WORKSPACE_DAMAGED => (
            "数据库损坏：用 restore 退回一份备份，或用 restore --salvage 读出还在的；坏的那一份会留着。",
            "The database is damaged; go back to a copy with 'restore', or read out what is left with 'restore --salvage'; the hurt one is kept.",
        ),
        codes::WORKSPACE_ALTERED => (
            "数据库里有不是亲听放进去的东西[（{name}）]，没有打开，也没有动它：用 restore 退回一份备份，或用 restore --salvage 只把里面的记录读出来。",
            "The database holds something Qinting did not put there[ ({name})] and was left untouched; go back to a copy with 'restore', or read out its records alone with 'restore --salvage'.",
        ),
        codes::WORKSPACE_NONE => (
            "还没有打开工作区：先选一个。",
            "No workspace is open; choose one first.",
        ),
        codes::WORKSPACE_NOT_ONE => (
            "这个文件夹[（{path}）]不是工作区，也不是空的：另选一个，里面的东西没有动。",
            "This folder[ ({path})] is neither a workspace nor empty; choose another, it was left untouched.",
        ),
        codes::WORKSPACE_GONE => (
            "上次的工作区[（{path}）]不在原处了：接上它所在的盘，或另选一个。",
            "The last workspace[ ({path})] is not where it was; connect its disk, or choose another.",
        ),
        _ => return None,
    })
}

fn disk(code: &str) -> Option<(&'static str, &'static str)> {
    Some(match code {
        codes::WORKSPACE_READ_ONLY => (
            "这个工作区[“{path}”]只能看：它所在的盘或文件夹不让写。用 copy DIR 拷到本机，就能接着做。",
            "This workspace[ '{path}'] can only be read: its disk or folder takes no writing; copy it to this machine with 'copy DIR' to go on in it.",
        ),
        codes::WORKSPACE_QUIET => (
            "这台电脑上还没有人说过这个工作区[“{path}”]是自己的，所以只看不动，里面的事也不做。是自己的，就用 adopt 说一声。",
            "Nobody on this machine has said yet that this workspace[ '{path}'] is theirs, so it is read and nothing in it is done; say so with 'adopt'.",
        ),
        codes::WORKSPACE_NETWORK => (
            "这个文件夹[“{path}”]在另一台机器上[（{fs}）]，几台机器同时写会写坏，所以只看不写。用 copy DIR 拷到本机的盘上再用。",
            "This folder[ '{path}'] lies on another machine[ ({fs})] and is not written, because two machines at once would damage it; copy it to a disk of this machine with 'copy DIR'.",
        ),
        codes::DISK_FULL => (
            "磁盘满了[，需要 {needed_mb} MB][，剩 {free_mb} MB]：腾出空间再试，已保存的都还在。",
            "The disk is full[, {needed_mb} MB needed][, {free_mb} MB free]; make room and try again, nothing saved was lost.",
        ),
        codes::DISK_DENIED => (
            "磁盘拒绝读写[（{path}）]：检查权限。",
            "The disk refuses[ ({path})]; check the permissions.",
        ),
        codes::DISK_READ_ONLY => (
            "这个盘只能读[（{name}）]：写到别处。",
            "This disk can only be read[ ({name})]; write somewhere else.",
        ),
        codes::DISK_NAME_TOO_LONG => (
            "名字太长，磁盘记不下[：{name}]。起短一些，255 个字节以内（汉字约 85 个）。",
            "The name is longer than the disk takes[: {name}]; use at most 255 bytes.",
        ),
        codes::DISK_PATH_TOO_LONG => (
            "路径太长，系统走不到[：{name}]。放到浅一些的文件夹里。",
            "The path is longer than the system takes[: {name}]; use a folder that is less deep.",
        ),
        codes::DISK_FOLDER_MISSING => (
            "没有这个文件夹[：{name}]。先建好它，或换一个位置。",
            "There is no such folder[: {name}]; make it first, or choose another place.",
        ),
        _ => return None,
    })
}
