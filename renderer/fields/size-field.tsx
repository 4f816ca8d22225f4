import { ArrowLeftRight, ChevronDown, Link2 } from 'lucide-react';
import { Popover } from 'radix-ui';
import { sizeSchema, type Size } from '#core/values';
import { pixels } from '../look/format';
import { words } from '../look/words';
import type { ControlOf } from './field-props';
import { NumberInput } from './number-input';
import { aspectLabel, aspects, nearestPreset, presetOf, presetSize, swapSides, tiers } from './size-presets';

const said = words.fields.size;

const sideRange = { min: 16, max: 16384, step: 16 };
const usualSize: Size = { width: 2048, height: 2048 };

/** Width and height with presets; on a card a button that opens the same. */
export function SizeField(props: ControlOf<'size'>) {
  const read = sizeSchema.safeParse(props.value);
  const size = read.success ? read.data : null;
  if (!props.compact) return <SizeEditor {...props} size={size} />;
  const aspect = size === null ? undefined : aspectLabel(size);
  return (
    <Popover.Root onOpenChange={(open) => (open ? undefined : props.onCommit())}>
      <Popover.Trigger
        id={props.id}
        className="input choice-list nodrag nowheel"
        disabled={props.disabled}
        aria-invalid={props.invalid}
        aria-describedby={props.describedBy}
      >
        {size === null ? (
          <span className="one-line soft">{said.asInput}</span>
        ) : (
          <span className="one-line value">
            {pixels(size)}
            {aspect === undefined ? null : <span className="faint"> {aspect}</span>}
          </span>
        )}
        <ChevronDown className="choice-list-arrow" size={14} aria-hidden="true" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="menu size-field-popover nowheel" sideOffset={4} collisionPadding={8}>
          <SizeEditor {...props} id={`${props.id}-open`} size={size} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function SizeEditor({
  id,
  label,
  field,
  size,
  disabled,
  invalid,
  describedBy,
  onChange,
  onCommit,
}: ControlOf<'size'> & { size: Size | null }) {
  const exact = size === null ? undefined : presetOf(size);
  const near = nearestPreset(size ?? usualSize);
  const set = (next: Size | null) => {
    onChange(next);
    onCommit();
  };
  return (
    <fieldset className="size-field" aria-label={label}>
      <fieldset className="size-field-aspects" aria-label={said.aspect}>
        {aspects.map((aspect) => (
          <button
            key={aspect.label}
            type="button"
            className="size-field-aspect"
            aria-pressed={exact?.aspect === aspect}
            disabled={disabled}
            onClick={() => set(presetSize(aspect, near.side))}
          >
            <AspectSign ratio={aspect.ratio} />
            {aspect.label}
          </button>
        ))}
      </fieldset>
      <div className="size-field-row">
        <fieldset className="segments" aria-label={said.resolution}>
          {tiers.map((tier) => (
            <button
              key={tier.label}
              type="button"
              className="segment"
              aria-pressed={exact?.side === tier.side}
              disabled={disabled}
              onClick={() => set(presetSize(near.aspect, tier.side))}
            >
              {tier.label}
            </button>
          ))}
        </fieldset>
        {size === null ? null : (
          <>
            <NumberInput
              id={id}
              label={said.width}
              value={size.width}
              range={sideRange}
              disabled={disabled}
              invalid={invalid}
              describedBy={describedBy}
              onChange={(width) => onChange({ ...size, width })}
              onCommit={onCommit}
            />
            <button
              type="button"
              className="icon-button"
              data-size="small"
              aria-label={said.swap}
              title={said.swap}
              disabled={disabled}
              onClick={() => set(swapSides(size))}
            >
              <ArrowLeftRight size={13} />
            </button>
            <NumberInput
              label={said.height}
              value={size.height}
              range={sideRange}
              disabled={disabled}
              invalid={invalid}
              onChange={(height) => onChange({ ...size, height })}
              onCommit={onCommit}
            />
          </>
        )}
        {field.optional ? (
          <button
            type="button"
            className="button size-field-as-input"
            data-kind="quiet"
            aria-pressed={size === null}
            aria-label={said.asInput}
            title={size === null ? said.isAsInput : said.makeAsInput}
            disabled={disabled}
            onClick={() => set(size === null ? usualSize : null)}
          >
            <Link2 size={14} aria-hidden="true" />
            {size === null ? said.asInput : null}
          </button>
        ) : null}
      </div>
    </fieldset>
  );
}

/** The aspect as a small frame. */
function AspectSign({ ratio: [wide, high] }: { ratio: readonly [number, number] }) {
  const scale = 12 / Math.max(wide, high);
  const [width, height] = [wide * scale, high * scale];
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
      <rect
        x={7 - width / 2}
        y={7 - height / 2}
        width={width}
        height={height}
        rx="1.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.3"
      />
    </svg>
  );
}
