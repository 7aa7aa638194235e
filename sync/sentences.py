"""Every sentence that sync and the county say to a person, by name.

They stay with the package because the county's server does not have the station's `config/texts`.
"""

from __future__ import annotations

_SENTENCES = {
    # What the county answers to a station.
    "malformed": "请求不合格式：{why}",
    "unknown_station": "县级系统没有登记班前站 {station}",
    "bad_signature": "签名不对，不能确认请求是班前站 {station} 发来的",
    "clock_off": "班前站的时钟与县级系统相差 {minutes} 分钟",
    "content_digest": "收到的内容与签名时的摘要不符，传输中已损坏",
    "photo_digest": "照片内容与摘要 {digest} 不符",
    "unknown_photo": "没有记录提到照片 {digest}",
    "bad_entry": "第 {seq} 条记录不合格：{why}",
    "gap": "记录不连续：县级系统已有前 {have} 条，收到的却从第 {seq} 条开始",
    "fork": "第 {seq} 条记录与县级系统已有的不一致，日志可能被改写，已报警",
    "too_large": "请求太大，不能超过 {limit_mb} MB",
    "not_found": "没有这个地址",
    "unavailable": "县级系统暂时不能存储，请稍后再试",
    "json_too_deep": "嵌套太深",
    # What is wrong with an entry.
    "entry_form": "字段 {field} 不合格式",
    "entry_order": "一批记录的序号不连续",
    "entry_changed": "写入之后被改动过",
    "entry_link": "与前一条记录接不上",
    "entry_station": "不是这台班前站的日志",
    # What the county shows as an alarm.
    "alarm_fork": "第 {seq} 条记录与已收到的不一致：日志可能被改写",
    "alarm_signature": "第 {seq} 条记录里的站方签名不对",
    # What the station says about a drain.
    "no_connection": "连不上县级系统：{why}",
    "connect_timeout": "连接超时",
    "connect_failed": "网络不通，或对方没有开机",
    "answer_timeout": "等不到答复",
    "cut": "连接中断",
    "refused": "县级系统拒绝接收：{why}",
    "not_the_county": "答复不是县级系统发来的（状态 {status}），可能被网络中途拦截",
    "answer_too_large": "答复超过 {limit_kb} KB，不是县级系统发来的；请检查县级系统地址和网络",
    "too_large_on_the_way": "请求太大，被县级系统前面的服务器拒绝；请调大它的上限",
    "clock_twice": "按县级系统的时间重新签名后仍被拒绝；请检查班前站和县级系统的时钟",
    "county_ahead": (
        "县级系统已有第 {seq} 条记录，本站只有 {own} 条；本站数据可能被换成了旧的，"
        "请先恢复最新的备份"
    ),
    "county_differs": "县级系统的第 {seq} 条记录与本站的不同；请运行 kiosk verify，并报告县里",
    "contradicts_itself": "县级系统的答复前后不一；如果一直这样，请报告县里检查其数据库",
    "photo_lost": "本站没有这张照片",
    "photo_damaged": "本站的照片文件已损坏",
    "progress_refused": "上报进度 {path} 读写不了：{why}；记录都还在，清出空间或修好存储后再报一次",
    "progress_damaged": "上报进度 {path} 读不出，可能已损坏；请从备份恢复这个文件",
    "key_not_made": "本站的密钥 {path} 写不进去：{why}；清出空间或修好存储后再试一次",
    "entries": "记录",
    "photos": "照片",
    # What the county's pages say.
    "password_needed": "请输入县级系统的查看密码（用户名可不填）",
    "password_wait": "从这个地址输错密码次数太多，请等一分钟再试",
    "form_old": "这一页已经过时，什么也没有记下；请回到这台班前站的页面，刷新后再填",
    "acknowledgement_form": (
        "请写姓名（最多 {by} 字）和一行查明的情况（最多 {note} 字）；什么也没有记下"
    ),
    "page_not_found": "没有这一页",
    "page_unavailable": "数据库或照片库暂时不能读取，请稍后再试",
    "page_broken": "这一页出了故障，请报告管理员",
    "preparation": "工作准备",
    "skills": "知识技能",
    "tools": "工具装备",
    "surroundings": "周边环境",
    "accepted": "合格",
    "rejected": "不合格",
    "about_photo": "照片",
    "about_check": "检查",
    "remark_abnormal": "报告异常（{at}）：{reason}",
    "stands_for": "{line}（也包括：{lines}）",
    "remark_danger": "发现隐患（{at}）：{text}",
    "remark_stopped": "停止作业：{reason}",
    "remark_released": "由 {by} 放行：{reason}",
    "remark_work_refused": "没有让做{work}",
    "why_part": "{part}不符合：{reason}",
    "why_abnormal": "异常：{reason}",
    "why_stop_work": "停止作业：{reason}",
    "why_timeout": "长时间无人操作",
    "why_left": "中途离开",
    "why_power": "停电或重启",
    "why_not_signed": "没有签到，要单独检查",
    "why_drawn": "抽查，要单独检查",
    "why_too_few": "不到两个人",
    "why_cancelled": "全班检查取消",
    "ground_unknown_card": "没有登记这张卡",
    "ground_blocked": "已暂停上岗：{about}",
    "ground_left": "已离职",
    "ground_ended": "工卡已到期",
    "ground_no_post": "没有安排岗位",
    "ground_certificate_missing": "没有{about}证",
    "ground_certificate_expired": "{about}证已过期",
    "unknown_card": "未知工卡",
    "nobody": "没有刷卡",
    "stopped": "停止作业",
    "refused_card": "不能检查",
    "photo_dark": "偏暗",
    "photo_burnt_out": "过亮",
    "photo_blurred": "模糊",
    "photo_covered": "镜头被挡",
    "photo_partly_covered": "镜头部分被挡",
    "photo_frozen": "画面不动",
    "photo_same_as_before": "与以前照片相同",
    "no_photo_camera_silent": "摄像头没有响应",
    "stage_gathering": "全班刷卡",
    "stage_signing_off": "全班签到",
    "stage_choosing_post": "选择岗位",
    "stage_choosing_works": "选择作业",
    "stage_showing_permit": "作业票",
    "stage_refused_work": "作业票",
    "stage_asking": "应知应会",
    "stage_calling": "手指口述",
    "stage_listening": "确认",
    "stage_counting": "确认",
    "stage_taking": "拍照",
    "stage_answering": "确认",
    "stage_reasoning": "填写原因",
    "stage_signing": "签名",
    "kind_check.opened": "开始检查",
    "kind_post.chosen": "选定岗位",
    "kind_works.chosen": "选定危险作业",
    "kind_permit.shown": "出示作业票",
    "kind_work.refused": "没有让做危险作业",
    "kind_question.answered": "回答应知应会",
    "kind_step.called": "手指口述一步",
    "kind_abnormal.reported": "报告异常",
    "kind_photo.taken": "拍照",
    "kind_photo.missed": "没拍到",
    "kind_confirmation.made": "一备三查确认",
    "kind_danger.found": "发现隐患",
    "kind_check.signed": "签名",
    "kind_check.closed": "检查结束",
    "kind_check.released": "放行",
    "kind_work.stopped": "停止作业",
    "kind_member.joined": "加入全班检查",
    "kind_member.signed": "全班签到",
    "kind_member.left_out": "没有参加全班检查",
    "kind_review.decided": "复核",
    "remark_reviewed": "{by} 复核{about}：{verdict} {comment}",
    # What is wrong with a journal at the county.
    "report_link": "第 {seq} 条记录对不上：{why}",
    "report_head": "链头登记为第 {held} 条，表中却到第 {seq} 条",
}


def known(name: str, otherwise: str) -> str:
    """Return the sentence of a name that comes from outside, or what is shown where there is
    none.
    """
    return _SENTENCES.get(name, otherwise)


def say(name: str, **facts: object) -> str:
    """Return the sentence of this name with its facts filled in."""
    return _SENTENCES[name].format(**facts)
