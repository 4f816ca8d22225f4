import type { ReactNode } from 'react';

/** A part of the inspector with its heading. */
export function Section({
  title,
  aside,
  children,
}: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="inspector-section">
      <header className="inspector-section-head">
        <h3 className="caption">{title}</h3>
        {aside}
      </header>
      {children}
    </section>
  );
}
