export default function RunPage(_: { run: string }) { return null; }
