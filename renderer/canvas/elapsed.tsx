import { useEffect, useState } from 'react';
import { duration } from '../look/format';

/** Seconds since an ISO time, counted while it is shown. */
export function Elapsed({ since }: { since: string }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.round((now - Date.parse(since)) / 1000));
  return <span className="value faint">{duration(seconds)}</span>;
}
