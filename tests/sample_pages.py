"""The sample's pages as labels see them: doc name to raw text, in whatever encoding they stand."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "corpus" / "sample"
LABELS = ROOT / "corpus" / "labels" / "sample"

GB18030 = {
    "fanwen/shanlu_gushi.txt",
    "wenku/lungang_moban.txt",
    "gov/huitong_guiding.txt",
    "gov/cangxi_butie.html",
    "gov/suihua_yusuan.txt",
    "gov/chongqing_xuanba.txt",
    "news/pingnan_jiaoliu_zhuanzai.txt",
    "school/kaohe_banfa.txt",
}
BIG5 = {"fanwen/jiaoliu_zongjie_fanti.html", "tw/pingtung_jieping.txt"}
WITH_MARK = {"gov/yunhe_yijian.html", "tw/hualien_xinwen.txt"}
UNREADABLE = {"wenku/sunhuai.txt", "wenku/kongbai.txt"}


def raw_texts() -> dict[str, str]:
    """Doc name to raw text: the decoded file as it stands, for a row the inside of its JSON string."""
    texts = {}
    for path in sorted(p for p in SAMPLE.rglob("*") if p.is_file()):
        doc = path.relative_to(SAMPLE).as_posix()
        if doc in UNREADABLE:
            continue
        codec = "gb18030" if doc in GB18030 else "big5" if doc in BIG5 else "utf-8-sig" if doc in WITH_MARK else "utf-8"
        text = path.read_bytes().decode(codec)
        if doc.endswith(".jsonl"):
            for number, line in enumerate(text.splitlines(), 1):
                texts[f"{doc}#{number}"] = line[line.index('"text": "') + 9 : -2]
        else:
            texts[doc] = text
    return texts


TEXTS = raw_texts()
