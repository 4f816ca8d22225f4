/** A seed between two threads. */
export function SeedloomMark() {
  return (
    <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
      <path
        d="M2 6.5c5 0 4 7 8 7s3-7 8-7"
        fill="none"
        stroke="var(--action)"
        strokeWidth="1.8"
        strokeLinecap="round"
      />
      <path
        d="M2 13.5c5 0 4-7 8-7s3 7 8 7"
        fill="none"
        stroke="var(--text-faint)"
        strokeWidth="1.8"
        strokeLinecap="round"
      />
      <circle cx="10" cy="10" r="2.4" fill="var(--spend)" />
    </svg>
  );
}
