/**
 * Which of the two languages stands under which name, as patterns of the schemas. Only what cannot be right is refused:
 * a citation such as `21 CFR 7.42` reads the same in both, and a Chinese name may stand inside an English sentence.
 */
export const WITH_HAN = '[\\u4e00-\\u9fff]|^[^a-z]+$';
export const NEVER_ONLY_HAN = '[A-Za-z]|^[^\\u4e00-\\u9fff]+$';
