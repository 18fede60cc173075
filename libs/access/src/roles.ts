import type { Bilingual } from 'aftercare/kernel';

/**
 * Everyone who may act, as data. The part before the dot is the department. The names are recorded with every event,
 * so a role may be added or retitled, but never renamed or given to other duties.
 */
export const ROLES = {
  'intake.clerk': { zh: '客户服务岗', en: 'Customer service clerk' },
  'intake.administrator': { zh: '客服管理员', en: 'Customer service administrator' },
  'intake.head': { zh: '部门负责人', en: 'Head of customer service' },
  'intake.reviewer': { zh: '回复审核人', en: 'Reply reviewer' },
  'intake.specialist': { zh: '专业人员', en: 'Subject specialist' },
  'quality.inspector': { zh: '质检员', en: 'Quality inspector' },
  'quality.officer': { zh: '质量管理员', en: 'Quality officer' },
  'quality.head': { zh: '企业质量负责人', en: 'Head of quality' },
  'quality.technical': { zh: '技术部', en: 'Technical department' },
  'logistics.clerk': { zh: '售后', en: 'After-sales clerk' },
  'logistics.after-sales-head': { zh: '售后负责人', en: 'Head of after-sales' },
  'logistics.operations-head': { zh: '运营负责人', en: 'Head of operations' },
  'logistics.finance': { zh: '财务（退换货）', en: 'Finance, returns' },
  'logistics.driver': { zh: '司机', en: 'Driver' },
  'logistics.warehouse': { zh: '仓库', en: 'Warehouse' },
  'logistics.quality': { zh: '质量验收', en: 'Quality acceptance of returns' },
  'logistics.leader': { zh: '公司领导', en: 'Company leader' },
  'billing.clerk': { zh: '费用经办人', en: 'Billing clerk' },
  'billing.finance': { zh: '财务', en: 'Finance' },
  'billing.after-sales-manager': { zh: '售后经理', en: 'After-sales manager' },
  'billing.sales-vice-president': { zh: '销售副总', en: 'Vice president of sales' },
  'billing.general-manager': { zh: '总经理', en: 'General manager' },
  'surveys.clerk': { zh: '回访员', en: 'Callback clerk' },
  'sales.salesperson': { zh: '业务员', en: 'Salesperson' },
  'sales.head': { zh: '销售负责人', en: 'Head of sales' },
  'sales.regional-manager': { zh: '大区经理', en: 'Regional manager' },
  'sales.marketing-director': { zh: '营销总监', en: 'Marketing director' },
  'field.supervisor': { zh: '服务主任', en: 'Service supervisor' },
  'office.general-affairs': { zh: '综合管理部', en: 'General affairs' },
  'office.materials': { zh: '材料配送中心（总师办）', en: 'Materials distribution centre' },
  'registry.clerk': { zh: '档案管理员', en: 'Registry clerk' },
  auditor: { zh: '审计员', en: 'Auditor' },
  manager: { zh: '管理层', en: 'Management' },
  operator: { zh: '运维人员', en: 'Operator' },
} as const satisfies Readonly<Record<string, Bilingual>>;

export type Role = keyof typeof ROLES;

export const ROLE_NAMES = Object.keys(ROLES) as readonly Role[];

/** True only for the closed list; `constructor` and other inherited names are not roles. */
export function isRole(name: unknown): name is Role {
  return typeof name === 'string' && Object.hasOwn(ROLES, name);
}
