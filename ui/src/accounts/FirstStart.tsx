export default function FirstStart() { return null; }
