/**
 * How the page looks just now: what was chosen, and where nothing was, what the system asks for.
 *
 * @import { Signal } from "@preact/signals-core"
 * @import { Contrast, Theme } from "./store.js"
 */

import { computed, signal } from "@preact/signals-core";

/**
 * @param {Signal<Theme>} theme
 * @param {Signal<Contrast>} contrast
 */
export function createLook(theme, contrast) {
  /** What the system asks for. */
  const system = signal({ dark: false, contrast: false });
  const dark = computed(() => (theme.value === "auto" ? system.value.dark : theme.value === "dark"));
  const more = computed(() => (contrast.value === "auto" ? system.value.contrast : contrast.value === "more"));
  return {
    system,
    /** What is drawn is drawn again when this changes. */
    look: computed(() => `${dark.value ? "dark" : "light"} ${more.value ? "more" : "standard"}`),
    more,
  };
}

/**
 * Follow the system's wishes.
 *
 * @param {Signal<{ dark: boolean, contrast: boolean }>} system
 * @param {(query: string) => Pick<MediaQueryList, "matches" | "addEventListener">} media
 */
export function followSystem(system, media) {
  const dark = media("(prefers-color-scheme: dark)");
  const contrast = media("(prefers-contrast: more)");
  const read = () => {
    system.value = { dark: dark.matches, contrast: contrast.matches };
  };
  for (const each of [dark, contrast]) each.addEventListener("change", read);
  read();
}
