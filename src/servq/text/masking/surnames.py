"""Chinese family names and the characters of given names, to tell whether some characters can be a person's name.

names.py decides where in a text a name may stand.
"""

from __future__ import annotations

import re

_PURE = (
    "王李张刘陈杨赵吴徐孙胡朱郭林罗郑梁谢宋唐许韩冯邓曹彭曾萧肖田董潘袁蔡蒋余杜魏苏吕丁沈姚卢姜崔钟谭陆汪范廖贾韦付"
    "傅邹熊孟秦邱侯尹薛闫阎陶贺顾郝龚邵覃戴莫孔庞樊殷施倪俞柳鲍奚葛章滕周戚毕郎鲁昌苗费岑薄裴霍虞柯昝卞耿詹翁荀羊於"
    "惠甄麴芮羿储靳邴糜巫焦仇栾厉戎祖刁束隗仰仲伊宫仝佟冼阚佘佴敖谌楚桑桂濮蒲邰鄂索咸籍赖卓蔺屠蒙池乔阴胥闻莘党"
    "翟贡逄姬申扶堵冉宰郦雍璩尚农晏柴瞿阎充慕茹习宦艾鱼容古慎戈廖庾终暨衡耿弘匡寇禄阙殳沃利蔚越夔隆师巩厍聂晁勾"
    "敖融冷訾辛阚那简饶曾毋沙乜养鞠须丰巢蒯相查后荆红游竺权逯盖益桓公"
)
_PLAIN = frozenset("商相后红公那利越师终充容益须丰养盖权农党索弘衡祖束咸仰沃融申冷简宰游沙羊鱼池阴尚古查费惠昌")
_ORDINARY = (
    "高黄白金方平安单车水温成包石马牛路江程于任时常向何华叶史万钱文洪龙段雷易康毛汤齐武关项应季严夏伍宁乔尤祝左甘"
    "童欧冷尚古游盛邢阮岳米景荣屈符管楼向花申解辛官司严余凌涂房梅牟邬"
)
PURE = frozenset(_PURE) - _PLAIN
"""Family names that are hardly ever anything else before a title."""

SURNAMES = PURE | frozenset(_ORDINARY)
"""All single family names that are looked for; the others are everyday words as well: 高 tall, 黄 yellow, 于 at."""

COMPOUND = frozenset(
    re.findall("..", "欧阳司马上官诸葛东方夏侯皇甫尉迟公孙慕容令狐宇文司徒端木轩辕独孤南宫长孙闻人拓跋")
)

GIVEN = frozenset(
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂华玉萍红梅玲辉建国志文武海波宁贵福生龙元全胜学祥才发新利清飞彬富顺"
    "信子昌成康星光天达安岩中茂进林有坚和彪博诚先敬震振壮会思群豪心邦承乐绍功松善厚庆民友裕河哲江浩亮政谦亨奇固之轮"
    "翰朗伯宏言若鸣朋斌梁栋维启克伦翔旭鹏泽晨辰士以家致树炎德时泰盛雄琛钧冠策腾楠榕风航弘义兴良山仁宁保东燕春菊凤洁"
    "琳素云莲真环雪荣爱妹霞香月莺媛瑞凡佳嘉琼勤珍贞莉璐娅琦晶妍茜秋珊莎锦黛青倩婷姣婉娴瑾颖露瑶怡婵雁蓓纨仪荷丹蓉眉君琴"
    "蕊薇菁梦岚苑婕馨瑗琰韵融园艺咏卿聪澜纯毓悦昭冰爽琬茗羽希欣飘育滢馥筠柔竹霭凝晓欢霄枫芸菲寒伊亚宜可姬舒影荔枝丝"
    "一二三四小大雨晴宇轩涵梓萱诗予依语沐子睿铭俊凯峰鑫帆远航然超楚航昊天一诺雅彤诺惠慧淑珠雯琪玥彦宝兵彤磊森淼垚晖阳"
    "木景宣立方正源恒斯廷京伊南北西川岭石岳巍峻崇万千百世永久长柏桐桦楷杉榆槐润洲渊湘漫潇涌滔灿焕炜煜照熙烨燃运优晗晴"
    "鸿鹤莹玮珂瑜瑛璇瑄璟珏珺琅磐碧礼祖禄禹秉程稳竞笑简纪红纲绪维绮继续翠耀聚肖胤艾芬芝芷苇苗范茵荟莱菡萌蓝蕾虎虹表裳诣诚"
    "谊谨豫贤赛越路轶辉逸道邺郁金铁银锋锐键长开阔阿陆雄震霏霖靖静韬顶颂顺飏骁骏高魁麟默齐龄娣娇好妙妮姗姝姿娥娱婧嫣孝学"
    "季孟宗官定宸容宽寅富寿尔尚尧展岐州巧帅平广应庭建弦强归录彩影徽微志忆忠怀思恩悟惟愉愿慈憬懿戎成才扬承拓振捷搏放教敏"
)
"""Characters that given names are made of; many are words too."""

NO_NAME = frozenset(
    "的了是在不就都也还说让给把被很太真我你他她它们这那个位名前后上下里外去到没请叫找员姐哥导总要时候吗呢吧啊么什怎为于已会过"
    "等已从向跟且而但并便则又再才或及与其每各些样种次间房人号费车店票点钱者师客们着得地着内界庄质匙社卡游司机女称先部门和姓某副"
)
"""Characters that stand beside names and never in them."""


def surname_length(word: str) -> int:
    """The number of characters of a word's family name: 0, 1 or 2.

    >>> surname_length("王芳"), surname_length("欧阳娜"), surname_length("服务")
    (1, 2, 0)
    """
    if word[:2] in COMPOUND:
        return 2
    return int(word[:1] in SURNAMES)


def can_be_given(name: str) -> bool:
    """Whether the rest of a name, after the family name, consists of characters of given names."""
    return GIVEN.issuperset(name[surname_length(name) :])


def is_full_name(word: str, *, known_as: str = "") -> bool:
    """Whether these characters can be a family name with a given one.

    Args:
        known_as: the word's class where a dictionary knows it whole (`nr` is a name, or was taken for one).

    >>> is_full_name("王芳"), is_full_name("欧阳娜娜"), is_full_name("王"), is_full_name("高铁", known_as="n")
    (True, True, False, False)
    """
    length = surname_length(word)
    given = word[length:]
    if not length or not 1 <= len(given) <= 2 or not NO_NAME.isdisjoint(given):
        return False
    if known_as and known_as != "nr":
        return False
    return can_be_given(word) or (word[0] in PURE and not known_as)
