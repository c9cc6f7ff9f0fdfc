import { createHash } from 'node:crypto';

/**
 * Plain styles after the GOV.UK Design System's measures: 19 px text, 5 px spacing, focus as yellow with a black rule beneath.
 * Contrast: text 0b0c0c on white 19:1, links 1d70b8 5.2:1, red d4351c 4.7:1, grey 505a5f 7:1 (WCAG 2.2 AA asks 4.5:1).
 */
export const styles = `
*,*::before,*::after{box-sizing:border-box}
html{background:#f3f2f1;scroll-padding-top:4rem}
body{margin:0;background:#fff;color:#0b0c0c;font:1.1875rem/1.35 "GDS Transport",Arial,"Liberation Sans",sans-serif;overflow-wrap:break-word}
.wide{max-width:72rem;margin:0 auto;padding:0 15px}
.skip{position:absolute;left:-999em}
.skip:focus{position:static;display:block;padding:10px 15px}
a{color:#1d70b8;text-underline-offset:.15em}
a:hover{color:#003078;text-decoration-thickness:3px}
a:focus-visible,summary:focus-visible{outline:3px solid transparent;background:#fd0;color:#0b0c0c;box-shadow:0 -2px #fd0,0 4px #0b0c0c;text-decoration:none}
header{background:#0b0c0c;color:#fff;border-bottom:10px solid #1d70b8}
header a{color:#fff;font-weight:700;font-size:1.5rem;text-decoration:none;display:inline-block;padding:10px 0}
header a:hover{color:#fff;text-decoration:underline}
main{padding:30px 0 60px}
h1{font-size:2rem;line-height:1.1;margin:0 0 20px}
h2{font-size:1.5rem;line-height:1.2;margin:40px 0 15px}
p{margin:0 0 15px;max-width:44em}
.hint,.sub{color:#505a5f}
.sub{display:block;font-size:1rem}
.whole{white-space:nowrap}
.notice{border:5px solid #1d70b8;padding:15px;margin:0 0 30px}
.notice p:last-child{margin:0}
nav ul{list-style:none;margin:0 0 30px;padding:0;display:flex;flex-wrap:wrap;gap:5px 25px}
form.link{background:none;padding:0;margin:0}
form.link button{min-height:0;padding:0;color:#1d70b8;background:none;border:0;box-shadow:none;text-decoration:underline;text-underline-offset:.15em}
form.link button:focus-visible{background:#fd0;color:#0b0c0c;box-shadow:0 2px 0 #0b0c0c;text-decoration:none}
form{background:#f3f2f1;padding:15px;margin:0 0 30px;display:flex;flex-wrap:wrap;gap:15px 20px;align-items:flex-end}
.field{flex:1 1 13rem;min-width:0}
.field.short{flex:0 1 20rem}
label{display:block;font-weight:700;margin-bottom:5px}
label .hint{font-weight:400;display:block;font-size:1rem}
input,select{width:100%;min-height:40px;padding:5px;font:inherit;border:2px solid #0b0c0c;border-radius:0;background:#fff;color:#0b0c0c}
input:focus,select:focus{outline:3px solid #fd0;outline-offset:0;box-shadow:inset 0 0 0 2px #0b0c0c}
button{min-height:40px;padding:8px 15px;font:inherit;color:#fff;background:#00703c;border:2px solid transparent;box-shadow:0 2px 0 #002d18;cursor:pointer}
button:hover{background:#005a30}
button:focus-visible{border-color:#fd0;background:#fd0;color:#0b0c0c;box-shadow:0 2px 0 #0b0c0c;outline:3px solid transparent}
table{width:100%;border-collapse:collapse;margin:0 0 30px}
caption{text-align:left;font-weight:700;padding-bottom:10px}
th,td{text-align:left;vertical-align:top;padding:10px 20px 10px 0;border-bottom:1px solid #b1b4b6}
thead th{white-space:nowrap;position:sticky;top:0;background:#fff;border-bottom:0;box-shadow:inset 0 -1px #b1b4b6}
tbody th{font-weight:400}
th:last-child,td:last-child{padding-right:0}
.tag{display:inline-block;padding:2px 8px;font-size:1rem;background:#eee;color:#383f43;margin:2px 4px 2px 0}
.tag.warn{background:#fff7bf;color:#594d00;border-left:5px solid #594d00}
.tag.bad{background:#f4cdc6;color:#2a0b06;border-left:5px solid #942514}
.why{border-left:5px solid #b1b4b6;padding-left:10px;margin:8px 0 0;white-space:pre-line}
.tells{white-space:pre-line;max-width:44em}
dl{margin:0 0 30px;display:grid;grid-template-columns:minmax(9rem,14rem) 1fr;gap:8px 20px}
dt{font-weight:700}
dd{margin:0}
footer{border-top:1px solid #b1b4b6;padding:25px 0;background:#f3f2f1;font-size:1rem}
footer ul{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:5px 25px}
@media (max-width:48rem){
h1{font-size:1.5rem}h2{font-size:1.25rem}
body{font-size:1rem}
dl{display:block}dd{margin:0 0 10px}
table,tbody,tr,th,td,caption{display:block}
thead{position:absolute;left:-999em}
tr{border-bottom:2px solid #0b0c0c;padding:10px 0}
th,td{border:0;padding:3px 0}
td::before,tbody th::before{content:attr(data-label) ": ";font-weight:700}
}
@media print{.skip,nav,form,footer{display:none}}
`;

/** Nothing but these styles, forms to this site and links: no script, no image, no font, no frame. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(styles).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
