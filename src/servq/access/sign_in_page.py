"""The sign-in page: plain HTML in our look, Chinese with the English beside, without any script."""

from __future__ import annotations

import secrets

from markupsafe import Markup

from servq.access.passwords import LONGEST

_STYLE = """
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1rem;background:#F4F5F3;color:#1E2326;
font:16px/1.5 'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Noto Sans SC',system-ui,sans-serif}
main{width:100%;max-width:23rem;background:#fff;border:1px solid #E2E4E0;border-radius:6px;padding:2rem}
h1{margin:0;font-size:1.4rem;font-weight:700}
p{margin:.25rem 0 0;color:#5C6369}
label{display:block;margin-top:1.25rem;font-weight:600}
label span,button span{font-weight:400;margin-left:.4rem}label span{color:#5C6369}
input{width:100%;margin-top:.35rem;padding:.65rem .75rem;font:inherit;color:inherit;background:#fff;
border:1px solid #84898D;border-radius:6px}
button{width:100%;margin-top:1.6rem;padding:.7rem;font:inherit;font-weight:600;color:#fff;background:#1F5673;border:0;
border-radius:6px;cursor:pointer}
input:focus-visible,button:focus-visible,a:focus-visible{outline:3px solid #1F5673;outline-offset:2px}
.bad{margin-top:1.25rem;padding:.65rem .75rem;color:#8F3206;background:#FBF3EE;border-left:3px solid #B3400A}
.bad small{display:block;font-size:.9rem}
a{color:#1F5673}
"""

_FRAME = Markup("""<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>登录 · servq</title><style nonce="{nonce}">{style}</style></head><body><main>
<h1>服务质量看板</h1><p>servq · Service quality</p>
{message}{body}
</main></body></html>
""")
_MESSAGE = Markup('<div class="bad" role="alert">{zh}<small>{en}</small></div>')
_FORM = Markup("""<form method="post" action="{action}">
<input type="hidden" name="next" value="{next}">
<label>用户名<span>User name</span>
<input name="name" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="64"
value="{name}" required{focus_name}>
</label>
<label>密码<span>Password</span>
<input name="password" type="password" autocomplete="current-password" maxlength="{longest}"
required{focus_password}></label>
<button type="submit">登录<span>Sign in</span></button>
</form>""")
_AGAIN = Markup('<p><a href="{to}">再试一次 · Try again</a></p>')

WRONG = ("用户名或密码不对", "User name or password is wrong")
STRANGER = ("您还没有账号，请联系管理员", "You have no account here: ask your administrator")
PORTAL = ("请从公司的统一入口打开", "Open this from your company's portal")
FOREIGN = ("请求不是从这一页发出的", "The request was not sent from this page")
FAILED = ("暂时无法登录，请稍后再试", "Signing in is not possible right now: try again later")


def wait_message(seconds: float) -> tuple[str, str]:
    """The message after too many attempts.

    >>> wait_message(1.2)
    ('尝试次数过多，请 2 秒后再试', 'Too many attempts: try again in 2 s')
    """
    whole = int(seconds) + 1
    return f"尝试次数过多，请 {whole} 秒后再试", f"Too many attempts: try again in {whole} s"


def form_page(
    action: str, next_: str, message: tuple[str, str] | None = None, name: str = ""
) -> tuple[str, dict[str, str]]:
    """The form, with what went wrong and the name that was typed; returns the page and its headers."""
    focus = (
        {"focus_name": "", "focus_password": " autofocus"}
        if name
        else {"focus_name": " autofocus", "focus_password": ""}
    )
    body = _FORM.format(action=action, next=next_, longest=LONGEST, name=name[:64], **focus)
    return _page(body, message)


def message_page(message: tuple[str, str], again: str = "") -> tuple[str, dict[str, str]]:
    """A page that only says something; returns it with its headers."""
    return _page(_AGAIN.format(to=again) if again else Markup(""), message)


def _page(body: Markup, message: tuple[str, str] | None) -> tuple[str, dict[str, str]]:
    nonce = secrets.token_urlsafe(16)
    told = Markup("") if message is None else _MESSAGE.format(zh=message[0], en=message[1])
    page = _FRAME.format(nonce=nonce, style=Markup(_STYLE), message=told, body=body)
    policy = (
        f"default-src 'none'; style-src 'nonce-{nonce}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
    return str(page), {"content-security-policy": policy}
