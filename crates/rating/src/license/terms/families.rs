//! The licences of machine-learning models that SPDX does not list: by what they are called, where
//! they are published, and what their texts say.

use super::Kind;

/// One family, or one version of it.
#[derive(Debug)]
pub(in super::super) struct Family {
    /// What it is called here.
    pub(in super::super) id: &'static str,
    /// Beginnings of the names that people give it, in lower case with `-` between words.
    names: &'static [&'static str],
    /// Parts of the addresses that it is published under, in lower case.
    links: &'static [&'static str],
    /// Its title and passages of its own, in lower case with one space between words. Without them
    /// its text is not told here.
    pub(in super::super) passages: &'static [&'static str],
    /// What kind of terms it has.
    pub(in super::super) kind: Kind,
    /// The clause they rest on. Where the versions number it differently its title is given.
    pub(in super::super) clause: &'static str,
}

const fn family(
    id: &'static str,
    names: &'static [&'static str],
    links: &'static [&'static str],
    passages: &'static [&'static str],
    kind: Kind,
    clause: &'static str,
) -> Family {
    Family { id, names, links, passages, kind, clause }
}

/// Of names that begin alike the longer stand first; the first that fits counts.
pub(in super::super) const FAMILIES: &[Family] = &[
    // Llama: a use policy, a limit of users, and in versions 2 and 3 no help to other models.
    family(
        "llama4",
        &["llama4", "llama-4"],
        &["llama.com/llama4", "llama-models/blob/main/models/llama4"],
        &[
            "llama 4 community license agreement",
            "llama materials",
            "acceptable use policy",
            "700 million monthly active users",
        ],
        Kind::UseRestricted,
        "section 1.b (naming, acceptable use policy, which excludes the European Union) and section 2 (700 million monthly users)",
    ),
    family(
        "llama3.3",
        &["llama3.3", "llama-3.3", "llama-3-3"],
        &["llama.com/llama3_3", "llama-models/blob/main/models/llama3_3"],
        &[
            "llama 3 3 community license agreement",
            "llama materials",
            "acceptable use policy",
            "700 million monthly active users",
        ],
        Kind::UseRestricted,
        "section 1.b (naming, acceptable use policy) and section 2 (700 million monthly users)",
    ),
    family(
        "llama3.2",
        &["llama3.2", "llama-3.2", "llama-3-2"],
        &["llama.com/llama3_2", "llama-models/blob/main/models/llama3_2"],
        &[
            "llama 3 2 community license agreement",
            "llama materials",
            "acceptable use policy",
            "700 million monthly active users",
        ],
        Kind::UseRestricted,
        "section 1.b (naming, acceptable use policy, which excludes its multimodal models from the European Union) and section 2 (700 million monthly users)",
    ),
    family(
        "llama3.1",
        &["llama3.1", "llama-3.1", "llama-3-1"],
        &["llama.com/llama3_1", "llama-models/blob/main/models/llama3_1"],
        &[
            "llama 3 1 community license agreement",
            "llama materials",
            "acceptable use policy",
            "700 million monthly active users",
        ],
        Kind::UseRestricted,
        "section 1.b (naming, acceptable use policy) and section 2 (700 million monthly users)",
    ),
    family(
        "llama3",
        &["llama3", "llama-3", "meta-llama-3"],
        &["llama.com/llama3/", "llama.meta.com/llama3"],
        &[
            "meta llama 3 community license agreement",
            "llama materials",
            "acceptable use policy",
            "700 million monthly active users",
        ],
        Kind::OutputRestricted,
        "section 1.b (acceptable use policy; its outputs may not improve other language models) and section 2 (700 million monthly users)",
    ),
    family(
        "llama2",
        &["llama2", "llama-2"],
        &["ai.meta.com/llama/license", "ai.meta.com/resources/models-and-libraries/llama"],
        &[
            "llama 2 community license agreement",
            "llama materials",
            "acceptable use policy",
            "700 million monthly active users",
        ],
        Kind::OutputRestricted,
        "section 1.b (acceptable use policy; its outputs may not improve other language models) and section 2 (700 million monthly users)",
    ),
    // RAIL: a list of forbidden uses that every recipient has to be bound to.
    family(
        "creativeml-openrail++-m",
        &["openrail++", "creativeml-openrail++", "creativeml-open-rail++"],
        &["stable-diffusion-xl-base-1.0/blob/main/license", "stable-diffusion-2/blob/main/license"],
        &[
            "creativeml open rail m license",
            "stable diffusion xl",
            "use based restrictions",
            "derivatives of the model",
            "attachment a",
        ],
        Kind::UseRestricted,
        "paragraph 5 (use-based restrictions) with attachment A, which bind every recipient",
    ),
    family(
        "creativeml-openrail-m",
        &["creativeml"],
        &["compvis/stable-diffusion-license"],
        &[
            "creativeml open rail m",
            "use based restrictions",
            "derivatives of the model",
            "attachment a",
        ],
        Kind::UseRestricted,
        "paragraph 5 (use-based restrictions) with attachment A, which bind every recipient",
    ),
    family(
        "bigscience-bloom-rail-1.0",
        &["bigscience-bloom-rail", "bigscience-rail", "bloom-rail"],
        &["bigscience/license", "bigscience/bloom-rail"],
        &[
            "bigscience rail license",
            "use based restrictions",
            "derivatives of the model",
            "attachment a",
        ],
        Kind::UseRestricted,
        "paragraph 5 (use-based restrictions) with attachment A, which bind every recipient",
    ),
    family(
        "bigscience-openrail-m",
        &["bigscience-openrail"],
        &[
            "bigscience/bigscience-openrail-m",
            "bigscience.huggingface.co/blog/bigscience-openrail-m",
        ],
        &[
            "bigscience openrail m",
            "use based restrictions",
            "derivatives of the model",
            "attachment a",
        ],
        Kind::UseRestricted,
        "paragraph 5 (use-based restrictions) with attachment A, which bind every recipient",
    ),
    family(
        "bigcode-openrail-m",
        &["bigcode"],
        &["bigcode/bigcode-model-license-agreement"],
        &["bigcode", "openrail m", "attachment a"],
        Kind::UseRestricted,
        "its use restrictions (attachment A), which bind every recipient",
    ),
    family(
        "openrail",
        &["openrail", "open-rail", "rail"],
        &["licenses.ai"],
        &["rail", "use based restrictions", "derivatives of the model", "attachment a"],
        Kind::UseRestricted,
        "its use-based restrictions (an attachment), which bind every recipient",
    ),
    // Companies' terms for open weights.
    family(
        "gemma",
        &["gemma"],
        &["ai.google.dev/gemma/terms"],
        &["gemma terms of use", "model derivatives", "prohibited use policy"],
        Kind::UseRestricted,
        "section 3 (distribution and restrictions) with its prohibited use policy; models trained on its outputs count as derivatives",
    ),
    family(
        "qwen-research",
        &["qwen-research", "tongyi-qianwen-research"],
        &["qwen2.5-3b/blob/main/license"],
        &["qwen research license agreement", "non commercial"],
        Kind::NonCommercial,
        "its grant, which is for non-commercial purposes",
    ),
    family(
        "tongyi-qianwen",
        &["tongyi-qianwen"],
        &["tongyi%20qianwen%20license", "tongyi qianwen license"],
        &["tongyi qianwen license agreement", "100 million monthly active users"],
        Kind::OutputRestricted,
        "its rules of use (its outputs may not improve other language models) and its limit of 100 million monthly users",
    ),
    family(
        "qwen",
        &["qwen"],
        &["qwen2.5-72b-instruct/blob/main/license", "qwen2.5-72b/blob/main/license"],
        &["qwen license agreement", "100 million monthly active users"],
        Kind::UseRestricted,
        "its restrictions on commercial use: a limit of 100 million monthly users, and naming it where it improves other models",
    ),
    family(
        "deepseek",
        &["deepseek"],
        &["deepseek-ai/deepseek-llm/blob/main/license-model", "license-model", "deepseek-license"],
        &["deepseek license agreement", "use based restrictions", "attachment a"],
        Kind::UseRestricted,
        "its use-based restrictions (attachment A), which bind every recipient",
    ),
    family(
        "nvidia-open-model-license",
        &["nvidia-open-model", "nvidia-nemotron-open-model"],
        &["nvidia-open-model-license", "developer.download.nvidia.com/licenses/nvidia-open-model"],
        &["nvidia open model license", "derivative model"],
        Kind::UseRestricted,
        "its terms on guardrails and litigation, which end the grant",
    ),
    family(
        "nvidia-non-commercial",
        &[
            "nvidia-non-commercial",
            "nvidia-source-code-license-nc",
            "nvidia-oneway-noncommercial",
            "nsclv1",
            "nscl",
        ],
        &["nvidia-source-code-license"],
        &["nvidia source code license", "non commercially"],
        Kind::NonCommercial,
        "its use limitation to research or evaluation, not commercially",
    ),
    family(
        "falcon-llm-license",
        &["falcon", "tii-falcon"],
        &["falconllm.tii.ae", "falconllm-staging.tii.ae"],
        &["falcon", "tii", "acceptable use policy"],
        Kind::UseRestricted,
        "its acceptable use policy, which may be changed, and its terms for hosting",
    ),
    family(
        "mistral-research",
        &["mrl", "mistral-research", "mistral-ai-research"],
        &["mistral.ai/licenses/mrl", "mistral-ai-research-licence"],
        &["mistral ai research license", "research purposes"],
        Kind::NonCommercial,
        "its limit to research purposes",
    ),
    family(
        "mistral-non-production",
        &["mnpl", "mistral-non-production", "mistral-ai-non-production"],
        &["mistral.ai/licenses/mnpl", "mistral-ai-non-production-licence"],
        &["mistral ai non production license", "non production"],
        Kind::NonCommercial,
        "its limit to testing, research and evaluation outside production",
    ),
    family(
        "stabilityai-nc-research-community",
        &[
            "stabilityai-nc",
            "stabilityai-non-commercial",
            "stability-ai-nc",
            "stabilityai-nc-research-community",
        ],
        &["stable-video-diffusion-img2vid/blob/main/license"],
        &["stability ai non commercial research community license agreement", "non commercial"],
        Kind::NonCommercial,
        "its limit to non-commercial and research purposes",
    ),
    family(
        "stabilityai-ai-community",
        &["stabilityai-ai-community", "stabilityai-community", "stability-ai-community"],
        &["stability.ai/license", "stability.ai/community-license"],
        &["stability ai community license agreement", "acceptable use policy"],
        Kind::UseRestricted,
        "its commercial grant, which ends at one million US dollars of annual revenue, and its acceptable use policy",
    ),
    family(
        "apple-amlr",
        &["apple-amlr"],
        &["apple-amlr", "license_model"],
        &["apple machine learning research model", "research purposes"],
        Kind::NonCommercial,
        "its limit to research purposes",
    ),
    family(
        "flux-1-dev-non-commercial-license",
        &["flux-1-dev", "flux.1-dev", "flux-dev"],
        &["flux.1-dev/blob/main/license"],
        &["flux 1 dev non commercial license", "non commercial"],
        Kind::NonCommercial,
        "its limit to non-commercial purposes",
    ),
    family(
        "fair-noncommercial-research",
        &["fair-noncommercial", "fair-nc"],
        &["fair-noncommercial-research"],
        &["fair noncommercial research license", "noncommercial research"],
        Kind::NonCommercial,
        "its limit to noncommercial research",
    ),
    family(
        "opt-175b",
        &["opt-175b"],
        &["metaseq/blob/main/projects/opt/model_license"],
        &["opt 175b license agreement", "non commercial"],
        Kind::NonCommercial,
        "its limit to non-commercial research",
    ),
    family(
        "deepfloyd-if",
        &["deepfloyd"],
        &["deepfloyd/if-license"],
        &["deepfloyd if license agreement", "research"],
        Kind::NonCommercial,
        "its limit to research purposes",
    ),
    // Terms that a name alone tells.
    family(
        "apple-ascl",
        &["apple-ascl"],
        &[],
        &[],
        Kind::PermissiveAttribution,
        "its grant, which asks for its notice and gives no patent rights",
    ),
    family(
        "intel-research",
        &["intel-research"],
        &[],
        &[],
        Kind::NonCommercial,
        "its limit to research purposes",
    ),
    family(
        "h-research",
        &["h-research"],
        &[],
        &[],
        Kind::NonCommercial,
        "its limit to research purposes",
    ),
    family(
        "non-commercial",
        &[
            "research-only",
            "research-use-only",
            "non-commercial",
            "noncommercial",
            "cc-by-nc",
            "cc-nc",
        ],
        &[],
        &[],
        Kind::NonCommercial,
        "what its name says: a limit to research or non-commercial purposes",
    ),
    family(
        "c-uda",
        &["c-uda"],
        &["microsoft/computational-use-of-data-agreement"],
        &["computational use of data agreement", "computational use"],
        Kind::UseRestricted,
        "its grant, which is for computational use",
    ),
    // Conditions that are put in front of other licences.
    family(
        "Commons-Clause",
        &["commons-clause"],
        &["commonsclause.com"],
        &["commons clause license condition", "right to sell the software"],
        Kind::UseRestricted,
        "its condition that the software may not be sold, nor a service whose value derives from it",
    ),
];

/// The family that a name belongs to: in lower case, words divided by `-`.
pub(in super::super) fn named(name: &str) -> Option<&'static Family> {
    FAMILIES.iter().find(|family| family.names.iter().any(|start| begins(name, start)))
}

/// The family that is published under an address.
pub(in super::super) fn linked(address: &str) -> Option<&'static Family> {
    let address = address.to_lowercase();
    FAMILIES.iter().find(|family| family.links.iter().any(|part| address.contains(part)))
}

/// Whole words: `railway-terms` is no RAIL.
fn begins(name: &str, start: &str) -> bool {
    let rest = name.strip_prefix(start);
    rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphabetic()))
}
