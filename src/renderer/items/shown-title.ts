// What stands where an item's title belongs: some imports bring none.
// SPDX-License-Identifier: MIT

export function shownTitle({ title }: { readonly title: string }): string {
  return title.trim() === '' ? 'Untitled' : title;
}
