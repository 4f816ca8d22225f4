/** Puts the focus on a dialog rather than on its first button, which would look chosen. */
export function focusItself(event: Event): void {
  event.preventDefault();
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
}
