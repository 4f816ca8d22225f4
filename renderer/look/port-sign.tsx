import type { ReactNode } from 'react';
import type { PortType } from '#core/values';

const shapes: Record<PortType, ReactNode> = {
  image: <circle cx="5" cy="5" r="4" fill="currentColor" />,
  mask: <rect x="1.2" y="1.2" width="7.6" height="7.6" rx="2" fill="currentColor" />,
  text: <path d="M5 .4 9.6 5 5 9.6.4 5Z" fill="currentColor" />,
  number: <path d="M5 .8 9.6 9H.4Z" fill="currentColor" />,
  lora: <circle cx="5" cy="5" r="3.3" fill="none" stroke="currentColor" strokeWidth="2" />,
};

const manyShape = (
  <>
    <circle cx="5" cy="5" r="4.3" fill="none" stroke="currentColor" strokeWidth="1.2" />
    <circle cx="5" cy="5" r="2.2" fill="currentColor" />
  </>
);

/** The sign of a port type: a shape of its own in the colour of its own. `many` marks an input that takes a whole list. */
export function PortSign({ type, many = false }: { type: PortType; many?: boolean }) {
  return (
    <svg className="port-sign" data-type={type} viewBox="0 0 10 10" aria-hidden="true">
      {many && type === 'image' ? manyShape : shapes[type]}
    </svg>
  );
}
