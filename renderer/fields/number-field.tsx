import type { ControlOf } from './field-props';
import { NumberInput } from './number-input';

export function NumberField({
  id,
  field,
  value,
  disabled,
  invalid,
  describedBy,
  onChange,
  onCommit,
}: ControlOf<'number'>) {
  return (
    <NumberInput
      id={id}
      value={Number(value)}
      range={field}
      unit={field.unit}
      disabled={disabled}
      invalid={invalid}
      describedBy={describedBy}
      onChange={onChange}
      onCommit={onCommit}
    />
  );
}
