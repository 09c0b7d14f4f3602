"""Every word the product understands and every sentence it says, in Swedish and English; no logic.

``words.toml`` holds what people write, ``sv.toml`` and ``en.toml`` what they get back.
"""
