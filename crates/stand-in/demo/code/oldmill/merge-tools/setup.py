from setuptools import setup

setup(name="merge-tools", version="0.2", packages=["merge_tools"], install_requires=["torch", "safetensors"])
