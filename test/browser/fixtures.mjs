// Pages that are wrong on purpose: what finds nothing wrong with them proves nothing about ours.
import { createServer } from 'node:http';

const inaccessible = `<!doctype html><html><head></head><body>
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><input type="text"><a href="/"></a>
<p style="color:#bbb;background:#fff">Pale words</p><button></button>
<script>throw new Error('a fault')</script><img src="http://localhost:1/elsewhere.png" alt=""><link rel="stylesheet" href="/blocked.css">
<div style="width:2000px">Wide</div></body></html>`;

/** Serves the page that has every fault the suite looks for. */
export const serveFixtures = async () => {
  const server = createServer((_, answer) => {
    answer.setHeader('content-type', 'text/html; charset=utf-8');
    answer.setHeader('content-security-policy', "style-src 'unsafe-inline'");
    answer.end(inaccessible);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${server.address().port}`, stop: () => new Promise((resolve) => server.close(resolve)) };
};
