import theme from '../../templates/theme.json' with { type: 'json' };

/** The masthead's double rule over a column of text. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="4" fill="${theme.light.accent}"/><path d="M7 7h18M7 10h18M7 16h18M7 20h18M7 24h11" stroke="#fff" stroke-width="1.8"/></svg>`;

export const ICON_PATH = '/icon.svg';
