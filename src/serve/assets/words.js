// What the page says, in Chinese and English.

const WORDS = {
  skip: ['跳到正文', 'Skip to the content'],
  title: ['政府信息公开工作年度报告', 'Annual report on government information disclosure'],
  larger: ['大字', 'Larger type'],
  other_language: ['English', '中文'],
  start: ['首页', 'Home'],
  new_report: ['新建报告', 'New report'],
  create: ['新建', 'Create'],
  open_file: ['打开报告', 'Open a report'],
  open_words: ['把 JSON、DOCX、PDF、网页或文本拖到这里，或', 'Drop a JSON, DOCX, PDF, web page or text here, or'],
  choose_file: ['选择文件', 'choose a file'],
  reading: ['正在识别……', 'Reading…'],
  last_year: ['上一年的报告', "Last year's report"],
  last_year_words: ['选填：用来填写上年结转，并核对跨年数据', 'Optional: fills what was carried in, and is compared with'],
  drafts: ['草稿', 'Drafts'],
  no_drafts: ['没有草稿', 'There are no drafts'],
  delete: ['删除', 'Delete'],
  delete_sure: ['删除草稿“{0}”？', 'Delete the draft “{0}”?'],
  only_browser: ['只存在这个浏览器里', 'kept in this browser only'],
  agency: ['机关名称', 'Agency'],
  year: ['年度', 'Year'],
  date: ['成文日期', 'Date'],
  signature: ['落款署名', 'Signed at the end'],
  form: ['表单', 'Form'],
  editor: ['填报', 'Report'],
  preview: ['预览', 'Preview'],
  findings: ['核对结果', 'Findings'],
  undo: ['撤销', 'Undo'],
  redo: ['重做', 'Redo'],
  compute: ['计算合计', 'Compute totals'],
  computed: ['由程序计算', 'computed'],
  download: ['下载', 'Download'],
  print: ['打印', 'Print'],
  all: ['全部（ZIP）', 'All (ZIP)'],
  despite: ['报告还有错误。照原样生成？', 'The report has errors. Make it as it stands?'],
  errors: ['{0} 处错误', '{0} errors'],
  warnings: ['{0} 处提醒', '{0} warnings'],
  clean: ['没有发现问题', 'Nothing wrong found'],
  error: ['错误', 'Error'],
  warning: ['提醒', 'Warning'],
  info: ['说明', 'Note'],
  go_there: ['到这一处', 'Go there'],
  clause: ['依据', 'Clause'],
  import_notes: ['读入时的说明', 'Notes of reading'],
  saved: ['已保存', 'Saved'],
  saving: ['正在保存……', 'Saving…'],
  saved_here: ['连不上服务，暂存在浏览器里', 'The server does not answer; kept in the browser'],
  conflict: ['这份草稿在别处改动过', 'This draft was changed elsewhere'],
  take_theirs: ['改用那一份', 'Take that one'],
  keep_mine: ['以这里的为准', 'Keep this one'],
  other_tab: ['这份草稿在另一个标签页里也打开着', 'This draft is open in another tab too'],
  zoom_in: ['放大', 'Larger'],
  zoom_out: ['缩小', 'Smaller'],
  comma: ['，', ', '],
  pages: ['各页', 'Pages'],
  page_of: ['第 {0} 页', 'Page {0}'],
  no_pages: ['暂时排不出页面', 'The pages cannot be set now'],
  style_auto: ['自动', 'Automatic'],
  paragraph: ['正文', 'Paragraph'],
  heading: ['{0} 级标题', 'Heading {0}'],
  style_of: ['第 {0} 段的样式', 'Style of paragraph {0}'],
  paragraph_number: ['{0} 第 {1} 段', '{0}, paragraph {1}'],
  add_paragraph: ['添加一段', 'Add a paragraph'],
  no_server: ['连不上服务', 'The server does not answer'],
  recovered: ['已恢复上次没有保存到服务的内容', 'What had not reached the server has been recovered'],
  basics: ['基本信息', 'Basics'],
  parts: ['各部分', 'Parts'],
  fix: ['修改建议', 'Repairs'],
  no_fix: ['没有可以自动给出的修改', 'There is no repair to propose'],
  colon: ['：', ': '],
  blank: ['空', 'blank'],
  applied: ['已采用', 'Applied'],
  correct: ['更正包', 'Correction'],
  correct_why: ['更正的原因（写进更正说明，可不填）', 'Why it is corrected (for the note; may be empty)'],
  apply: ['采用', 'Apply'],
  cells_changed: ['改 {0} 处', '{0} changes'],
  picture: ['图片：{0}', 'Picture: {0}'],
};

let current = 0;

export function language() {
  return current ? 'en' : 'zh';
}

export function setLanguage(name) {
  current = name === 'en' ? 1 : 0;
  document.documentElement.lang = current ? 'en' : 'zh-CN';
}

// say('errors', 3): the words with their places filled in.
export function say(key, ...values) {
  return WORDS[key][current].replace(/\{(\d)\}/g, (place, index) => values[index]);
}
