"""The dashboard's parts: the only room that knows Streamlit and Plotly. It shows readings and computes none."""
