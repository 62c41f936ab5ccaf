"""The dashboard: the only room with Streamlit and Plotly. It shows readings and computes none."""
