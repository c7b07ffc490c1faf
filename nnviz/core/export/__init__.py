"""Networks taken home: as a PyTorch script, as ONNX, and their curves as CSV."""
