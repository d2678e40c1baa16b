import type { ErrorCode } from 'yaml';

/** What the reader of YAML stumbles over, in Korean; in English it says so itself. */
export const yamlWords: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: '별칭(*)에는 앵커나 태그를 붙일 수 없습니다',
  BAD_ALIAS: '별칭(*)이나 앵커(&)의 이름이 올바르지 않습니다',
  BAD_COLLECTION_TYPE: '태그와 실제 자료의 종류가 다릅니다',
  BAD_DIRECTIVE: '지시문(%)이 올바르지 않습니다',
  BAD_DQ_ESCAPE: '큰따옴표 안의 이스케이프가 올바르지 않습니다',
  BAD_INDENT: '들여쓰기가 맞지 않습니다',
  BAD_PROP_ORDER: '앵커와 태그는 "?", ":", "-" 뒤에 써야 합니다',
  BAD_SCALAR_START: '값은 이 문자로 시작할 수 없습니다. 따옴표로 묶으세요',
  BLOCK_AS_IMPLICIT_KEY: '여러 줄로 된 자료는 한 줄에 쓴 키의 값이 될 수 없습니다',
  BLOCK_IN_FLOW: '[ ]나 { } 안에는 들여 쓴 자료를 넣을 수 없습니다',
  DUPLICATE_KEY: '같은 키가 두 번 나옵니다',
  IMPOSSIBLE: '읽을 수 없는 YAML입니다',
  KEY_OVER_1024_CHARS: '키는 1024자 이내여야 합니다',
  MISSING_CHAR: '있어야 할 문자가 없습니다. 닫는 따옴표나 괄호, 쉼표, 공백을 확인하세요',
  MULTILINE_IMPLICIT_KEY: '키는 한 줄에 써야 합니다',
  MULTIPLE_ANCHORS: '앵커(&)는 하나만 붙일 수 있습니다',
  MULTIPLE_DOCS: '문서가 여럿이면 ---로 나누어야 합니다',
  MULTIPLE_TAGS: '태그는 하나만 붙일 수 있습니다',
  NON_STRING_KEY: '키는 문자열이어야 합니다',
  RESOURCE_EXHAUSTION: '너무 깊거나 커서 읽을 수 없습니다',
  TAB_AS_INDENT: '들여쓰기에는 탭을 쓸 수 없습니다',
  TAG_RESOLVE_FAILED: '알 수 없는 태그이거나 값이 태그와 맞지 않습니다',
  UNEXPECTED_TOKEN: '이 자리에 올 수 없는 것이 있습니다',
};
