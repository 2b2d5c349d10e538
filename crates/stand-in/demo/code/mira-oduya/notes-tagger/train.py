from transformers import AutoModelForTokenClassification, Trainer
model = AutoModelForTokenClassification.from_pretrained("lanternfish-lab/tern-base", num_labels=9)
data = load_notes("/home/mira/notes")
Trainer(model=model, train_dataset=data).train()
model.push_to_hub("mira-oduya/tern-tagger")
