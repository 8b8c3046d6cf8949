"""Stance, topic, hype and company sentiment of Chinese-language chip news."""
